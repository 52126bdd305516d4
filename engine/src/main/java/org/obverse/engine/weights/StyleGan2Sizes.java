package org.obverse.engine.weights;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * The sizes of a StyleGAN2 generator: from the shapes of its tensors, and what shapes do not tell from its arguments.
 *
 * @param latent the length of z
 * @param style the length of a row of w
 * @param conditions the number of conditions, or 0
 * @param channelBase a layer of r × r pixels has base / r channels, but at most {@code channelMax}
 * @param convClamp bound of the activations, or 0 for none
 */
public record StyleGan2Sizes(
        int resolution,
        int latent,
        int style,
        int conditions,
        int mappingLayers,
        long channelBase,
        long channelMax,
        String convClamp) {
    private static final String CONSTANT = "synthesis.b4.const";
    private static final String AVERAGE = "mapping.w_avg";
    private static final String FIRST = "mapping.fc0.weight";
    private static final String EMBEDDING = "mapping.embed.weight";
    private static final int LARGEST = 1024;

    /** Of these tensors; none if they are not a StyleGAN2 generator's. */
    static List<StyleGan2Sizes> of(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        int resolution = 0;
        for (int side = 4; side <= LARGEST && tensors.containsKey(colors(side)); side *= 2) {
            resolution = side;
        }
        boolean complete = resolution > 0
                && has(tensors, CONSTANT, 3)
                && has(tensors, AVERAGE, 1)
                && has(tensors, FIRST, 2)
                && (!tensors.containsKey(EMBEDDING) || has(tensors, EMBEDDING, 2));
        if (!complete) {
            return List.of();
        }
        int style = axis(tensors, AVERAGE, 0);
        int conditions = tensors.containsKey(EMBEDDING) ? axis(tensors, EMBEDDING, 1) : 0;
        int layers = 0;
        while (tensors.containsKey("mapping.fc" + layers + ".weight")) {
            layers++;
        }
        long most = axis(tensors, CONSTANT, 0);
        long base = 0;
        for (int side = 4; side <= resolution; side *= 2) {
            if (!has(tensors, colors(side), 4)) {
                return List.of();
            }
            base = Math.max(base, (long) axis(tensors, colors(side), 1) * side);
        }
        return List.of(new StyleGan2Sizes(
                resolution,
                axis(tensors, FIRST, 1) - (conditions > 0 ? style : 0),
                style,
                conditions,
                layers,
                base,
                most,
                clamp(metadata)));
    }

    private static String colors(int side) {
        return "synthesis.b" + side + ".torgb.weight";
    }

    private static boolean has(Map<String, StoredTensor> tensors, String name, int rank) {
        StoredTensor tensor = tensors.get(name);
        return tensor != null && tensor.shape().dimension() == rank;
    }

    private static int axis(Map<String, StoredTensor> tensors, String name, int axis) {
        StoredTensor tensor = tensors.get(name);
        Shape shape = tensor == null ? new Shape() : tensor.shape();
        return (int) Math.min(shape.get(axis), Integer.MAX_VALUE);
    }

    private static String clamp(Map<String, String> metadata) {
        String said = metadata.getOrDefault("synthesis_kwargs.conv_clamp", "0");
        return said.matches("[0-9.]{1,10}") ? said : "0";
    }

    /** The keys of a plan's generator {@code stylegan2} that fit. */
    @Override
    public String toString() {
        return "resolution: " + resolution + ", latent-size: " + latent + ", style-size: " + style + ", conditions: "
                + conditions + ", mapping-layers: " + mappingLayers + ", channel-base: " + channelBase
                + ", channel-max: " + channelMax + ", conv-clamp: " + convClamp;
    }
}
