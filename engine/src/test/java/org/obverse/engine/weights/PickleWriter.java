package org.obverse.engine.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles instruction by instruction, those that Python would never write included. */
final class PickleWriter {
    private static final byte[] MAGIC = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.'
    };

    private final OutputStream out;

    PickleWriter(OutputStream out) {
        this.out = out;
    }

    /** The bytes that some instructions write. */
    static byte[] bytes(Instructions instructions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        instructions.write(new PickleWriter(bytes));
        return bytes.toByteArray();
    }

    interface Instructions {
        void write(PickleWriter pickle);
    }

    PickleWriter raw(int... bytes) {
        try {
            for (int value : bytes) {
                out.write(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    PickleWriter raw(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    PickleWriter raw(String latin1) {
        return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    PickleWriter protocol(int version) {
        return raw(0x80, version);
    }

    PickleWriter global(String module, String name) {
        return raw("c" + module + "\n" + name + "\n");
    }

    /** A name as protocol 4 writes it. */
    PickleWriter protocol4(String module, String name) {
        return text(module).text(name).raw(0x93);
    }

    PickleWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return raw('X').raw(little(bytes.length)).raw(bytes);
    }

    PickleWriter number(long number) {
        return raw(0x8a, 8)
                .raw(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(number)
                        .array());
    }

    /** A tuple of numbers. */
    PickleWriter numbers(long... numbers) {
        raw('(');
        for (long number : numbers) {
            number(number);
        }
        return raw('t');
    }

    /** A storage as network pickles hold it. */
    PickleWriter storage(byte[] elements) {
        byte[] head = bytes(stream -> stream.raw(MAGIC)
                .protocol(2)
                .raw('M', 0xe9, 0x03, '.')
                .protocol(2)
                .raw("}")
                .text("little_endian")
                .raw(0x88, 's', '.')
                .protocol(2)
                .raw("(")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .number(elements.length / 4)
                .raw("NtQ.")
                .protocol(2)
                .raw("](")
                .text("0")
                .raw("e.")
                .number64(elements.length / 4));
        global("torch.storage", "_load_from_bytes");
        return raw('B').raw(little(head.length + elements.length))
                .raw(head)
                .raw(elements)
                .raw(0x85, 'R');
    }

    PickleWriter number64(long number) {
        return raw(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
    }

    /** A float32 tensor of a shape with a storage of its own. */
    PickleWriter tensor(byte[] elements, long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return tensor(elements, 0, shape, strides);
    }

    PickleWriter tensor(byte[] elements, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").raw("(").storage(elements);
        number(offset).numbers(shape).numbers(strides).raw(0x89);
        return global("collections", "OrderedDict").raw(")RtR");
    }

    /** A module of torch_utils.persistence whose state is written by {@code state}: keys and values. */
    PickleWriter module(String className, Instructions state) {
        global("torch_utils.persistence", "_reconstruct_persistent_obj").raw("}(");
        text("type").text("class").text("version").number(6).text("module_src").text("# none\n");
        text("class_name").text(className).text("state").raw("}(");
        state.write(this);
        return raw("uu").raw(0x85, 'R');
    }

    static byte[] little(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
