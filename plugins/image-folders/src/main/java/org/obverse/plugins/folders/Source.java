package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where an image comes from.
 *
 * @param name the file's path below the data set's folder, with {@code /} between the names
 * @param cut the part of the picture that is used
 */
record Source(Path file, String name, Cut cut) {
    /**
     * A part of a picture.
     *
     * @param width in pixels; 0 if the whole picture is used
     */
    record Cut(int left, int top, int width, int height) {
        static final Cut NOTHING = new Cut(0, 0, 0, 0);

        /** What lies outside the picture is black. */
        Pixels of(Pixels picture) throws UnreadablePictureException {
            if (equals(NOTHING)) {
                return picture;
            }
            if (left >= picture.width() || top >= picture.height() || (long) width * height > Pixels.MOST) {
                throw new UnreadablePictureException(
                        "has %s, and what is to be cut out is %d x %d pixels from (%d, %d)"
                                .formatted(picture, width, height, left, top),
                        "correct its annotation, or get it again");
            }
            return picture.crop(left, top, width, height);
        }
    }

    Source(Path file, String name) {
        this(file, name, Cut.NOTHING);
    }

    /**
     * The picture, decoded, cut out and made into an image.
     *
     * @param sha256 of the file when the folder was looked through
     */
    Pixels image(String sha256, Framing framing, Room room) throws UnreadablePictureException {
        return room.within(memory(), () -> framing.of(picture(sha256)));
    }

    private Pixels picture(String sha256) throws UnreadablePictureException {
        byte[] bytes = bytes();
        if (!Sha256.of(bytes).equals(sha256)) {
            throw new UnreadablePictureException("changed since the folder was looked through", "begin again");
        }
        return cut.of(PictureReader.read(bytes));
    }

    private long memory() throws UnreadablePictureException {
        return read(PictureReader::memory);
    }

    private byte[] bytes() throws UnreadablePictureException {
        return read(Files::readAllBytes);
    }

    private interface Reading<T> {
        T of(Path file) throws IOException;
    }

    private <T> T read(Reading<T> reading) throws UnreadablePictureException {
        try {
            RegularFile.require(file);
            return reading.of(file);
        } catch (NoSuchFileException e) {
            throw new UnreadablePictureException("is gone since the folder was listed", "put it back, or begin again");
        } catch (IOException e) {
            throw new UnreadablePictureException("cannot be read (" + e + ")", "make it readable, or remove it");
        }
    }
}
