/* What every page can do; each hangs on attributes, see the head of its file. */

import "./live.js";
import "./keys.js";
import "./dialog.js";
import "./once.js";
import "./clock.js";
import "./elapsed.js";
import "./idle.js";
import "./print.js";
import "./toast.js";
