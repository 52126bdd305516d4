package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchitectureTest {
    private static final Pattern ENTRY = Pattern.compile("\\d+ (\\S+) \\[([0-9, ]*)\\] .*");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "resnet18; ResNet-18 (torchvision)",
                "resnet34; ResNet-34 (torchvision)",
                "resnet50; ResNet-50 (torchvision)",
                "resnet101; ResNet-101 (torchvision)",
                "resnet152; ResNet-152 (torchvision)",
                "resnext50_32x4d; ResNeXt-50 32x4d (torchvision)",
                "resnext101_32x8d; ResNeXt-101 32x8d (torchvision)",
                "densenet121; DenseNet-121 (torchvision)",
                "densenet161; DenseNet-161 (torchvision)",
                "densenet169; DenseNet-169 (torchvision)",
                "densenet201; DenseNet-201 (torchvision)",
                "vgg16; VGG-16 (torchvision)",
                "vgg16_bn; VGG-16-BN (torchvision)",
                "inception_v3; Inception-v3 (torchvision)",
                "fid_inception_v3; Inception-v3 of pytorch-fid",
                "facenet_inception_resnet_v1; Inception-ResNet-v1 (facenet-pytorch)",
                "vgg16_64; VGG16-64 of the low-resolution protocol",
                "ir152_64; IR-152 of the low-resolution protocol",
                "facenet64; IR-50, the low-resolution protocol's FaceNet64 or 112×112 evaluation model",
                "evaluation_ir50_112; IR-50, the low-resolution protocol's FaceNet64 or 112×112 evaluation model"
            })
    void a_published_architecture_is_told_by_its_names(String names, String expected) {
        String recognised = Architecture.of(listed(names));

        assertEquals(expected, recognised.replaceFirst(", \\d+ outputs$", ""));
    }

    @ParameterizedTest
    @CsvSource({"densenet121, DenseNet-121", "densenet161, DenseNet-161", "densenet201, DenseNet-201"})
    void the_names_in_torchvisions_files_of_densenet_are_known_too(String names, String expected) {
        Map<String, StoredTensor> older = new LinkedHashMap<>();
        listed(names)
                .forEach((name, tensor) ->
                        older.put(name.replaceFirst("(denselayer\\d+\\.(?:norm|conv))([12])\\.", "$1.$2."), tensor));

        assertTrue(older.containsKey("features.denseblock1.denselayer1.conv.1.weight"));
        assertTrue(Architecture.of(older).startsWith(expected + " (torchvision)"), Architecture.of(older));
    }

    @Test
    void the_number_of_outputs_is_told() {
        assertEquals("ResNet-18 (torchvision), 530 outputs", Architecture.of(listed("resnet18")));
    }

    @Test
    void what_is_not_known_is_not_guessed() {
        Map<String, StoredTensor> deeper = listed("resnet18");
        deeper.put("layer1.2.conv1.weight", tensor(64, 64, 3, 3));

        assertEquals("", Architecture.of(deeper));
        assertEquals("", Architecture.of(Map.of()));
    }

    static Map<String, StoredTensor> listed(String architecture) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        new String(Samples.bytes("names-" + architecture + ".txt"), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> {
                    Matcher entry = ENTRY.matcher(line);
                    if (entry.matches()) {
                        long[] shape = Arrays.stream(entry.group(2).split(","))
                                .map(String::strip)
                                .filter(axis -> !axis.isEmpty())
                                .mapToLong(Long::parseLong)
                                .toArray();
                        tensors.put(entry.group(1), tensor(shape));
                    }
                });
        return tensors;
    }

    private static StoredTensor tensor(long... shape) {
        ByteSource nothing = new ByteSource.Memory(ByteBuffer.allocate(0));
        return StoredTensor.dense(ElementType.F32, nothing, shape, StoredTensor.Order.C);
    }
}
