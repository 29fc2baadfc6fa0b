// The console's own frames; those of others are served from an origin of theirs, so that allow-same-origin gives them nothing of the console's.
for (const frame of document.querySelectorAll("iframe")) frame.src = `frame.html${location.search}`;
