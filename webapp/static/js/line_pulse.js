// Beats in a worker: a browser slows the timers of a page that lies behind others to one a minute, but not those of its worker.
setInterval(() => postMessage(0), 5000);
