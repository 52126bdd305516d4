package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.testkit.Workbench;

class ConfigurationTest {
    @Test
    void the_defaults_are_the_benchmarks() {
        assertEquals(new SmallResNet(16, 1, Normalization.BATCH, ""), SmallResNet.DEFAULT);
        assertEquals(new SmallInception(48, 0.3), SmallInception.DEFAULT);
        assertEquals(new MembershipCnn(Depth.SHALLOW, Normalization.BATCH, 1), MembershipCnn.DEFAULT);
        assertEquals(List.of(), SmallResNet.DEFAULT.check());
        assertEquals(List.of(), MembershipCnn.DEFAULT.check());
        assertEquals(List.of(), SmallInception.DEFAULT.check());
        assertEquals(List.of(), InceptionV3Settings.DEFAULT.check());
    }

    @Test
    void values_out_of_range_are_problems_of_their_keys() {
        assertEquals(List.of("width"), keys(new SmallResNet(0, 1, Normalization.BATCH, "")));
        assertEquals(List.of("blocks"), keys(new SmallResNet(16, 0, Normalization.BATCH, "")));
        assertEquals(List.of("width", "dropout"), keys(new SmallInception(50, 1)));
        assertEquals(List.of("width", "dropout"), keys(new SmallInception(0, Double.NaN)));
        assertEquals(List.of("capacity"), keys(new MembershipCnn(Depth.DEEP, Normalization.BATCH, 0)));
        assertEquals(List.of("capacity"), keys(new MembershipCnn(Depth.DEEP, Normalization.BATCH, 1.5)));
        assertEquals(List.of("capacity"), keys(new MembershipCnn(Depth.DEEP, Normalization.BATCH, Double.NaN)));
        assertEquals(List.of("capacity"), keys(new MembershipCnn(Depth.DEEP, Normalization.BATCH, 0.01)));
        assertEquals(List.of("auxiliary"), keys(new InceptionV3Settings("", InputTransform.NONE, -1)));
    }

    /** Of 48 channels 32 groups cannot be made, of 24 there are 24. */
    @Test
    void channels_that_do_not_fall_into_groups_are_a_problem_of_what_chooses_their_number() {
        assertEquals(List.of("width"), keys(new SmallResNet(12, 1, Normalization.GROUP, "")));
        assertEquals(List.of(), keys(new SmallResNet(12, 1, Normalization.BATCH, "")));
        assertEquals(List.of(), keys(new SmallResNet(8, 1, Normalization.GROUP, "")));
        assertEquals(List.of("capacity"), keys(new MembershipCnn(Depth.SHALLOW, Normalization.GROUP, 0.375)));
        assertEquals(List.of(), keys(new MembershipCnn(Depth.SHALLOW, Normalization.AFFINE, 0.375)));
        assertEquals(List.of(), keys(new MembershipCnn(Depth.SHALLOW, Normalization.GROUP, 0.125)));
    }

    @Test
    void the_service_lists_the_classifiers_and_each_can_be_cut_at_its_head() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(ClassifiersPlugin.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        "small-resnet",
                        "small-inception",
                        "membership-cnn",
                        "resnet18",
                        "resnet34",
                        "resnet50",
                        "resnet101",
                        "resnet152",
                        "resnext50",
                        "resnext101",
                        "densenet121",
                        "densenet161",
                        "densenet169",
                        "densenet201",
                        "efficientnet-b0",
                        "vgg16",
                        "vgg16-bn",
                        "inception-v3",
                        "fid-inception",
                        "inception-resnet-v1",
                        "vgg16-64",
                        "ir152-64",
                        "facenet64",
                        "ir50-112"),
                plugin.components().stream().map(Component::name).toList());
        for (Component<?, ?> component : plugin.components()) {
            try (Workbench bench = Workbench.of(ConfigurationTest.class).with(component)) {
                ClassifierArchitecture architecture = bench.create(Kind.CLASSIFIER, Use.of(component.name()));
                assertInstanceOf(Headed.class, architecture);
            }
        }
    }

    @Test
    void a_file_to_start_from_can_be_refused_where_nothing_is_trained() {
        List<Component<?, ?>> starting = new ClassifiersPlugin()
                .components().stream()
                        .filter(component -> has(component, "pretrained"))
                        .toList();

        assertEquals(22, starting.size());
        starting.forEach(component -> assertTrue(component.defaults() instanceof Pretrained file
                && file.pretrained().isEmpty()));
    }

    private static boolean has(Component<?, ?> component, String key) {
        return Arrays.stream(component.configurationType().getRecordComponents())
                .anyMatch(record -> record.getName().equals(key));
    }

    private static List<String> keys(Checked configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
