package org.obverse.engine.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.obverse.engine.artifact.SafetensorsHeader;

/** The formats that are tables of arrays: safetensors, and NumPy's npz (NEP 1). */
final class ArrayFiles {
    static final String ARRAY = ".npy";
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr': *'([<>|=]?)([A-Za-z]\\w{0,9})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    private ArrayFiles() {}

    /** The header has been checked but for types and their sizes. */
    static Contents safetensors(Place place, Path path, ByteSource file) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.of(path, place.file());
        if (header.end() != header.length()) {
            throw place.refused((header.length() - header.end()) + " bytes at its end belong to no tensor");
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        header.entries().forEach((name, entry) -> {
            Place inside = place.in("tensor '" + Place.shown(name) + "'");
            ElementType type = ElementType.named(entry.type())
                    .orElseThrow(() -> inside.refused(
                            "is of type '" + Place.shown(entry.type()) + "', which is not read",
                            "store it as real numbers, such as F32"));
            long length = entry.to() - entry.from();
            long[] sizes = entry.shape().getShape();
            requireLength(inside, type, sizes, length);
            ByteSource bytes = file.slice(entry.from(), length);
            tensors.put(name, StoredTensor.dense(type, bytes, sizes, StoredTensor.Order.C));
        });
        return Contents.of(WeightFormat.SAFETENSORS, tensors, header.metadata());
    }

    static Contents npz(Place place, Map<String, ByteSource> members) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            Place inside = place.in(Place.shown(name));
            tensors.put(name.substring(0, name.length() - ARRAY.length()), array(inside, member));
        });
        return Contents.of(WeightFormat.NPZ, tensors, Map.of());
    }

    private static StoredTensor array(Place place, ByteSource member) {
        if (member.length() < 12 || !member.bytes(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw place.refused("is no NumPy array");
        }
        ByteBuffer start = member.bytes(6, 6);
        int version = start.get(0);
        if (version < 1 || version > 3) {
            throw place.refused(
                    "is of version " + version + " of NumPy's format; 1 to 3 are read",
                    "store it again with numpy.savez");
        }
        long from = version == 1 ? 10 : 12;
        long length = version == 1 ? start.getShort(2) & 0xffff : Integer.toUnsignedLong(start.getInt(2));
        if (length > LONGEST_HEADER || from + length > member.length()) {
            throw place.refused("claims a header of " + length + " bytes");
        }
        String header =
                StandardCharsets.UTF_8.decode(member.bytes(from, (int) length)).toString();
        Matcher type = TYPE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!type.find() || !order.find() || !shape.find() || type.group(1).equals(">")) {
            throw place.refused("is no little-endian array of one type: " + Place.shown(header));
        }
        ElementType element = ElementType.ofNumpy(type.group(2))
                .orElseThrow(() -> place.refused(
                        "has elements of type '" + type.group(2) + "', which is not read",
                        "store it as real numbers, such as float32"));
        long[] sizes = sizes(place, shape.group(1));
        requireLength(place, element, sizes, member.length() - from - length);
        StoredTensor.Order layout = order.group(1).equals("True") ? StoredTensor.Order.FORTRAN : StoredTensor.Order.C;
        ByteSource bytes = member.slice(from + length, member.length() - from - length);
        return StoredTensor.dense(element, bytes, sizes, layout);
    }

    private static long[] sizes(Place place, String shape) {
        String[] axes = Arrays.stream(shape.split(",", -1))
                .map(String::strip)
                .filter(axis -> !axis.isEmpty())
                .toArray(String[]::new);
        if (axes.length > Limits.RANK || Arrays.stream(axes).anyMatch(axis -> !axis.matches("[0-9]{1,13}"))) {
            throw place.refused("has the impossible shape (" + Place.shown(shape) + ")");
        }
        return Arrays.stream(axes).mapToLong(Long::parseLong).toArray();
    }

    private static void requireLength(Place place, ElementType type, long[] sizes, long length) {
        if (sizes.length > Limits.RANK) {
            throw place.refused("has " + sizes.length + " axes");
        }
        long needed = TensorView.elements(place, 0, sizes) * type.bytes();
        if (needed != length || needed > Limits.TENSOR_BYTES) {
            throw place.refused("has shape " + Arrays.toString(sizes) + " and " + length + " bytes, and would need "
                    + needed + " of at most " + Limits.TENSOR_BYTES);
        }
    }
}
