package org.obverse.plugins.folders;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * Reads MATLAB files of level 5 ("MAT-File Format", The MathWorks, chapter 1): numbers, texts and cells, compressed or not.
 * Arrays of other classes are passed over.
 */
final class MatFile {
    private static final int HEADER = 128;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int CELLS = 1;
    private static final int TEXT = 4;
    /** Bytes of an element when unpacked: the lists of Stanford Dogs have 3 MB. */
    private static final int LARGEST = 1 << 24;

    private static final int MOST_NUMBERS = 1 << 20;
    /** Cells in cells. */
    private static final int DEEPEST = 8;

    /** A value of a file. */
    sealed interface Value {}

    record Numbers(List<Double> values) implements Value {}

    record Text(String value) implements Value {}

    record Cells(List<Value> values) implements Value {}

    /** An array of a class that is passed over. */
    record Other() implements Value {}

    private record Element(int type, ByteBuffer data) {}

    private record Named(String name, Value value) {}

    private MatFile() {}

    /**
     * @return the file's variables by name
     * @throws IOException if it is not such a file, or damaged
     */
    static Map<String, Value> read(byte[] file) throws IOException {
        if (file.length < HEADER) {
            throw new IOException("it is too short for a MATLAB file");
        }
        ByteBuffer in = ByteBuffer.wrap(file);
        String mark = new String(file, HEADER - 2, 2, StandardCharsets.ISO_8859_1);
        if (!mark.equals("IM") && !mark.equals("MI")) {
            throw new IOException("it is not a MATLAB file of level 5");
        }
        in.order(mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .position(HEADER);
        Map<String, Value> variables = new HashMap<>();
        try {
            while (in.remaining() >= 8) {
                Element element = element(in);
                if (element.type() == COMPRESSED) {
                    element = element(inflated(element.data()));
                }
                if (element.type() == MATRIX) {
                    Named variable = matrix(element.data(), 0);
                    variables.put(variable.name(), variable.value());
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("it is damaged or truncated", e);
        }
        return variables;
    }

    private static ByteBuffer inflated(ByteBuffer data) throws IOException {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] inflated = in.readNBytes(LARGEST);
            return ByteBuffer.wrap(inflated).order(data.order());
        }
    }

    /** The next element; data of at most four bytes may stand inside the tag. */
    private static Element element(ByteBuffer in) {
        int first = in.getInt();
        int type = first & 0xffff;
        int length = first >>> 16;
        boolean small = length != 0;
        if (!small) {
            type = first;
            length = in.getInt();
        }
        ByteBuffer data = in.slice(in.position(), length).order(in.order());
        int padding = small ? 4 - length : type == COMPRESSED ? 0 : -length & 7;
        in.position(Math.min(in.limit(), in.position() + length + padding));
        return new Element(type, data);
    }

    private static Named matrix(ByteBuffer in, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("cells in cells, " + depth + " deep");
        }
        int arrayClass = element(in).data().getInt() & 0xff;
        ByteBuffer dimensions = element(in).data();
        long count = 1;
        while (dimensions.remaining() >= 4) {
            count *= dimensions.getInt();
        }
        String name = text(element(in));
        if (arrayClass == CELLS) {
            List<Value> values = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                Element cell = element(in);
                values.add(
                        cell.data().hasRemaining()
                                ? matrix(cell.data(), depth + 1).value()
                                : new Other());
            }
            return new Named(name, new Cells(values));
        }
        if (arrayClass == TEXT) {
            return new Named(name, new Text(text(element(in))));
        }
        return new Named(name, arrayClass > TEXT + 1 ? numbers(element(in)) : new Other());
    }

    private static String text(Element element) {
        Charset charset = switch (element.type()) {
            case 4, 17 ->
                element.data().order() == ByteOrder.LITTLE_ENDIAN
                        ? StandardCharsets.UTF_16LE
                        : StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        return charset.decode(element.data()).toString();
    }

    private static Numbers numbers(Element element) {
        ByteBuffer in = element.data();
        if (in.remaining() > MOST_NUMBERS * Double.BYTES) {
            throw new IllegalArgumentException("an array of " + in.remaining() + " bytes");
        }
        List<Double> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(
                    switch (element.type()) {
                        case 1 -> (double) in.get();
                        case 2 -> (double) Byte.toUnsignedInt(in.get());
                        case 3 -> (double) in.getShort();
                        case 4 -> (double) Short.toUnsignedInt(in.getShort());
                        case 5 -> (double) in.getInt();
                        case 6 -> (double) Integer.toUnsignedLong(in.getInt());
                        case 7 -> (double) in.getFloat();
                        case 9 -> in.getDouble();
                        default -> throw new IllegalArgumentException("numbers of type " + element.type());
                    });
        }
        return new Numbers(values);
    }
}
