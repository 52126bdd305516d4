package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures as they come back from a JPEG file: baseline, colours at half the resolution, with the quantisation tables of ITU-T T.81, annex
 * K.1, scaled as the Independent JPEG Group's library does for a quality.
 *
 * @param quality 1, …, 100
 */
record JpegCompression(int quality) {
    private static final String JPEG = "jpeg";
    private static final double HALF = 127.5;
    private static final int COLOURS = 3;
    private static final float PER_CENT = 0.01f;

    /**
     * @param pictures float32 {@code [N, 1 or 3, H, W]} in [-1, 1], rounded to 8 bit
     * @return of the same shape, rounded to 8 bit
     */
    NDArray of(NDArray pictures) {
        long[] shape = pictures.getShape().getShape();
        int height = Math.toIntExact(shape[2]);
        int width = Math.toIntExact(shape[3]);
        float[] values = pictures.toFloatArray();
        int size = values.length / Math.toIntExact(shape[0]);
        for (int from = 0; from < values.length; from += size) {
            BufferedImage picture = new BufferedImage(width, height, type((int) shape[1]));
            copy(values, from, picture);
            paste(decoded(encoded(picture)), values, from);
        }
        return pictures.getManager().create(values, pictures.getShape());
    }

    private static int type(int channels) {
        return channels == COLOURS ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
    }

    private static void copy(float[] values, int from, BufferedImage picture) {
        for (int channel = 0, at = from; channel < picture.getRaster().getNumBands(); channel++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    int level = Math.round((float) ((values[at++] + 1) * HALF));
                    picture.getRaster().setSample(x, y, channel, level);
                }
            }
        }
    }

    private static void paste(BufferedImage picture, float[] values, int from) {
        for (int channel = 0, at = from; channel < picture.getRaster().getNumBands(); channel++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    int level = picture.getRaster().getSample(x, y, channel);
                    values[at++] = (float) (level / HALF - 1);
                }
            }
        }
    }

    /** The bytes of the file. */
    byte[] encoded(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(JPEG).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality * PER_CENT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage decoded(byte[] file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(JPEG).next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            return reader.read(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reader.dispose();
        }
    }
}
