package org.obverse.engine.weights;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells a published architecture by the names and shapes of its tensors. */
public final class Architecture {
    private static final Map<List<Integer>, String> PLAIN_RESNETS =
            Map.of(List.of(2, 2, 2, 2), "ResNet-18", List.of(3, 4, 6, 3), "ResNet-34");
    private static final Map<List<Integer>, String> DENSENETS = Map.of(
            List.of(6, 12, 24, 16), "DenseNet-121",
            List.of(6, 12, 36, 24), "DenseNet-161",
            List.of(6, 12, 32, 32), "DenseNet-169",
            List.of(6, 12, 48, 32), "DenseNet-201");

    /** More than any published network has of one kind. */
    private static final int MOST_PARTS = 100;

    private final Map<String, StoredTensor> tensors;

    private Architecture(Map<String, StoredTensor> tensors) {
        this.tensors = tensors;
    }

    /** In words, such as {@code ResNet-18 (torchvision), 1000 outputs}; empty if it is not known. */
    public static String of(Map<String, StoredTensor> tensors) {
        return new Architecture(tensors).recognised();
    }

    private String recognised() {
        for (StyleGan2Sizes sizes : StyleGan2Sizes.of(tensors, Map.of())) {
            String conditions = sizes.conditions() > 0 ? ", " + sizes.conditions() + " conditions" : "";
            return "StyleGAN2-ADA generator, " + sizes.resolution() + "×" + sizes.resolution() + conditions;
        }
        if (has("synthesis.input.freqs")) {
            return "StyleGAN3 generator";
        }
        if (has("b4.fc.weight") && has("b4.out.weight") && has("b8.conv0.weight")) {
            int side = IntStream.iterate(1024, s -> s > 4, s -> s / 2)
                    .filter(s -> has("b" + s + ".fromrgb.weight"))
                    .findFirst()
                    .orElse(0);
            return side == 0 ? "" : "StyleGAN2-ADA discriminator, " + side + "×" + side;
        }
        if (has("layer4.0.conv1.weight") && has("fc.weight")) {
            return outputs(resnet(), "fc.weight");
        }
        // torchvision's files of DenseNet write conv.1 for conv1.
        boolean dense = has("features.denseblock1.denselayer1.conv1.weight")
                || has("features.denseblock1.denselayer1.conv.1.weight");
        if (dense && has("classifier.weight")) {
            List<Integer> counts = IntStream.rangeClosed(1, 4)
                    .map(block -> count("features.denseblock" + block + ".denselayer", 1))
                    .boxed()
                    .toList();
            return outputs(torchvision(DENSENETS.getOrDefault(counts, "")), "classifier.weight");
        }
        if (has("features.0.weight") && has("classifier.6.weight")) {
            return outputs(torchvision(vgg("features")), "classifier.6.weight");
        }
        return others();
    }

    private String others() {
        if (has("Mixed_7c.branch_pool.conv.weight")) {
            boolean fid = shape("fc.weight").equals(new Shape(1008, 2048)) && !has("AuxLogits.fc.weight");
            return fid ? "Inception-v3 of pytorch-fid" : outputs("Inception-v3 (torchvision)", "fc.weight");
        }
        if (has("last_linear.weight") && has("block8.conv2d.weight")) {
            return "Inception-ResNet-v1 (facenet-pytorch)";
        }
        if (has("feature.input_layer.0.weight")) {
            int blocks = count("feature.body.", 0);
            return switch (blocks) {
                case 24 -> "IR-50, the low-resolution protocol's FaceNet64 or 112×112 evaluation model";
                case 50 -> "IR-152 of the low-resolution protocol";
                default -> "";
            };
        }
        if (has("feature.0.weight")
                && has("feature.1.running_mean")
                && vgg("feature").equals("VGG-16-BN")) {
            return "VGG16-64 of the low-resolution protocol";
        }
        return "";
    }

    private String resnet() {
        List<Integer> counts = IntStream.rangeClosed(1, 4)
                .map(layer -> count("layer" + layer + ".", 0))
                .boxed()
                .toList();
        if (!has("layer1.0.conv3.weight")) {
            return torchvision(PLAIN_RESNETS.getOrDefault(counts, ""));
        }
        Shape grouped = shape("layer1.0.conv2.weight");
        Map<List<Integer>, Map<Shape, String>> known = Map.of(
                List.of(3, 4, 6, 3),
                Map.of(new Shape(64, 64, 3, 3), "ResNet-50", new Shape(128, 4, 3, 3), "ResNeXt-50 32x4d"),
                List.of(3, 4, 23, 3),
                Map.of(new Shape(64, 64, 3, 3), "ResNet-101", new Shape(256, 8, 3, 3), "ResNeXt-101 32x8d"),
                List.of(3, 8, 36, 3),
                Map.of(new Shape(64, 64, 3, 3), "ResNet-152"));
        return torchvision(known.getOrDefault(counts, Map.of()).getOrDefault(grouped, ""));
    }

    private String vgg(String trunk) {
        long convolutions = tensors.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(trunk + ".")
                        && entry.getKey().endsWith(".weight")
                        && entry.getValue().shape().dimension() == 4)
                .count();
        return convolutions == 13 ? has(trunk + ".1.running_mean") ? "VGG-16-BN" : "VGG-16" : "";
    }

    private static String torchvision(String name) {
        return name.isEmpty() ? "" : name + " (torchvision)";
    }

    private String outputs(String name, String head) {
        Shape shape = shape(head);
        return name.isEmpty() || shape.dimension() != 2 ? name : name + ", " + shape.get(0) + " outputs";
    }

    /** How many consecutive numbers from {@code first} on follow a prefix. */
    private int count(String prefix, int first) {
        Set<String> names = tensors.keySet();
        int next = first;
        while (next - first < MOST_PARTS && startsWith(names, prefix + next + ".")) {
            next++;
        }
        return next - first;
    }

    private static boolean startsWith(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    private boolean has(String name) {
        return tensors.containsKey(name);
    }

    private Shape shape(String name) {
        StoredTensor tensor = tensors.get(name);
        return tensor == null ? new Shape() : tensor.shape();
    }
}
