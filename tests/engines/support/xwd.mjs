// The screen of an X server, as the file that Xvfb keeps of it, made into a picture.
import { crc32, deflateSync } from "node:zlib";

/** Places of the header, in words of four bytes. */
const [HEADER, WIDTH, HEIGHT, BYTES_PER_LINE, COLORS] = [0, 4, 5, 12, 19];
/** A color has 12 bytes, a pixel 4: blue, green, red and nothing. */
const [COLOR, PIXEL] = [12, 4];

/** A PNG of it. */
export function pngOfXwd(file) {
  const word = (place) => file.readUInt32BE(4 * place);
  const [width, height, line] = [word(WIDTH), word(HEIGHT), word(BYTES_PER_LINE)];
  const start = word(HEADER) + word(COLORS) * COLOR;
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [start + y * line + x * PIXEL, y * (1 + 3 * width) + 1 + 3 * x];
      [rows[to], rows[to + 1], rows[to + 2]] = [file[from + 2], file[from + 1], file[from]];
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits each of red, green and blue.
  head.set([8, 2], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
