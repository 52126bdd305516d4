package org.obverse.plugins.folders;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes files as Pillow's {@code open(file).convert("RGB")} does: grey is repeated, palettes are looked up, transparency and colour
 * profiles are ignored, CMYK is taken for Adobe's inverted one. In two things it differs: 16 bits per channel become their upper 8
 * for grey too, which Pillow clips, and pictures with an EXIF orientation are turned upright, which Pillow leaves to its caller. Of
 * a WebP file with losses, colours are not interpolated between its coarser grid of them (libwebp's option {@code -nofancy}).
 */
final class PictureReader {
    private PictureReader() {}

    /**
     * @param file all bytes of it
     * @throws UnreadablePictureException if it is no picture, damaged, or of a kind that is not read
     */
    static Pixels read(byte[] file) throws UnreadablePictureException {
        PictureFormat format = PictureFormat.of(file);
        return switch (format) {
            case JPEG -> jpeg(JpegFile.of(file));
            case PNG -> PngFile.orientation(file).upright(decode(format, file));
            case TIFF -> Orientation.of(ByteBuffer.wrap(file)).upright(decode(format, file));
            case WEBP -> WebpFile.orientation(file).upright(decode(format, file));
            case BMP, GIF -> decode(format, file);
        };
    }

    /**
     * The most bytes that {@link #read} takes for a file and what is made of it, by the file's length and its header: the file twice, the
     * picture as it is stored, in colours, and turned upright.
     */
    static long memory(Path file) throws IOException {
        long bytes = 2 * Files.size(file);
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
            if (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    reader.setInput(in, true, true);
                    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                    return bytes + pixels * (storedBytes(reader) + 3 + 3);
                } finally {
                    reader.dispose();
                }
            }
            return bytes;
        } catch (IIOException | RuntimeException e) {
            // Reading it says what is wrong.
            return bytes;
        }
    }

    /** Of a pixel; colours of 8 bits where the reader does not say. */
    private static int storedBytes(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() && types.next().getSampleModel().getSampleSize(0) > 8 ? 8 : 4;
    }

    private static Pixels jpeg(JpegFile file) throws UnreadablePictureException {
        Pixels stored = file.components() == 4
                ? withReader(
                        PictureFormat.JPEG,
                        file.bytes(),
                        reader -> new Cmyk(reader.readRaster(0, null)).rgb(file.transform()))
                : decode(PictureFormat.JPEG, file.bytes());
        return file.orientation().upright(stored);
    }

    private static Pixels decode(PictureFormat format, byte[] bytes) throws UnreadablePictureException {
        return withReader(format, bytes, reader -> rgb(reader.read(0)));
    }

    /** What is made of an opened file. */
    private interface Decoding {
        Pixels of(ImageReader reader) throws IOException, UnreadablePictureException;
    }

    private static Pixels withReader(PictureFormat format, byte[] bytes, Decoding decoding)
            throws UnreadablePictureException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new UnreadablePictureException(
                    "is a " + format + " file, which this Java does not read", "convert it to PNG");
        }
        ImageReader reader = readers.next();
        List<String> warnings = new ArrayList<>();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
            reader.addIIOReadWarningListener(listener);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > Pixels.MOST) {
                throw new UnreadablePictureException(
                        "has " + pixels + " pixels, more than the " + Pixels.MOST + " that are read",
                        "save it in a smaller size");
            }
            Pixels read = decoding.of(reader);
            if (warnings.stream().anyMatch(PictureReader::isDamage)) {
                throw damaged(format, String.join("; ", warnings));
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw damaged(format, String.valueOf(e.getMessage()));
        } finally {
            reader.dispose();
        }
    }

    /** libjpeg goes on with grey after these, and Pillow refuses the file; it skips bytes between segments in silence. */
    private static boolean isDamage(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("premature end") || (text.contains("corrupt jpeg data") && !text.contains("extraneous"));
    }

    private static UnreadablePictureException damaged(PictureFormat format, String reason) {
        return new UnreadablePictureException(
                "is a damaged or truncated " + format + " file (" + reason + ")",
                "get it again from its source, or remove it");
    }

    private static Pixels rgb(BufferedImage image) throws UnreadablePictureException {
        int width = image.getWidth();
        int height = image.getHeight();
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return looked(raster, palette);
        }
        int shift = shift(raster);
        int bands = raster.getNumBands();
        if (bands > 4) {
            throw new UnreadablePictureException(
                    "has " + bands + " channels, which are neither grey nor RGB", "save it as RGB");
        }
        int colours = bands < 3 ? 1 : 3;
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int value = row[x * bands + (colours == 1 ? 0 : channel)];
                    rgb[3 * (y * width + x) + channel] = (byte) (value >> shift);
                }
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** By how many bits samples are longer than 8. */
    private static int shift(Raster raster) throws UnreadablePictureException {
        int bits = raster.getSampleModel().getSampleSize(0);
        int type = raster.getTransferType();
        boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        if (!whole || (bits != 8 && bits != 16)) {
            throw new UnreadablePictureException(
                    "has channels of " + bits + " bits, of a kind that is not read", "save it with 8 bits per channel");
        }
        return bits - 8;
    }

    private static Pixels looked(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int index = raster.getSample(raster.getMinX() + x, raster.getMinY() + y, 0);
                int at = 3 * (y * width + x);
                rgb[at] = (byte) palette.getRed(index);
                rgb[at + 1] = (byte) palette.getGreen(index);
                rgb[at + 2] = (byte) palette.getBlue(index);
            }
        }
        return new Pixels(width, height, rgb);
    }
}
