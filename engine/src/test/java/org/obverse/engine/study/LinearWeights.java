package org.obverse.engine.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A safetensors file of the tiny plugin's classifier on points in the plane. */
final class LinearWeights {
    private LinearWeights() {}

    /**
     * @param classes the number of logits
     * @param first the first entry of the weight; all others are 0
     */
    static byte[] of(int classes, float first) {
        String header = """
                {"weight":{"dtype":"F32","shape":[%d,2],"data_offsets":[0,%d]},\
                "bias":{"dtype":"F32","shape":[%d],"data_offsets":[%d,%d]}}""".formatted(classes, 8 * classes, classes, 8 * classes, 12 * classes);
        return ByteBuffer.allocate(8 + header.length() + 12 * classes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .putFloat(first)
                .array();
    }
}
