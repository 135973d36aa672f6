"""Stories, pictures and history of the sample malls. Invented, save the history's facts."""
