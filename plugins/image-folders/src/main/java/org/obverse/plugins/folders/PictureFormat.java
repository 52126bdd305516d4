package org.obverse.plugins.folders;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is, told by its first bytes and not by its name. */
enum PictureFormat {
    JPEG,
    PNG,
    BMP,
    GIF,
    TIFF,
    WEBP;

    /** The file names that torchvision takes for pictures, those of them that are never readable here included. */
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp");

    /** In hexadecimal digits; a byte that may be any is {@code ??}. */
    private List<String> beginnings() {
        return switch (this) {
            case JPEG -> List.of("FFD8FF");
            case PNG -> List.of("89504E470D0A1A0A");
            case BMP -> List.of("424D");
            case GIF -> List.of("47494638");
            case TIFF -> List.of("49492A00", "4D4D002A");
            case WEBP -> List.of("52494646????????57454250");
        };
    }

    static boolean isNamedPicture(String file) {
        return ENDINGS.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    static PictureFormat of(byte[] bytes) throws UnreadablePictureException {
        for (PictureFormat format : values()) {
            if (format.beginnings().stream().anyMatch(beginning -> begins(bytes, beginning))) {
                return format;
            }
        }
        String start = new String(Arrays.copyOf(bytes, 16), StandardCharsets.ISO_8859_1);
        if (start.matches("(?s)P[1-6]\\s.*")) {
            throw foreign("a netpbm picture");
        }
        if (start.startsWith("ftyp", 4)) {
            throw foreign("a HEIF or AVIF picture");
        }
        throw new UnreadablePictureException(
                bytes.length == 0 ? "is empty" : "is not a picture: it begins with none of the known signatures",
                "replace or remove it");
    }

    private static UnreadablePictureException foreign(String what) {
        return new UnreadablePictureException(
                "is " + what + ", which Java does not read",
                "convert it to PNG, under the same name but for the ending");
    }

    private static boolean begins(byte[] bytes, String beginning) {
        for (int i = 0; i < beginning.length() / 2; i++) {
            String expected = beginning.substring(2 * i, 2 * i + 2);
            if (i >= bytes.length || (!expected.equals("??") && (bytes[i] & 0xff) != Integer.parseInt(expected, 16))) {
                return false;
            }
        }
        return true;
    }
}
