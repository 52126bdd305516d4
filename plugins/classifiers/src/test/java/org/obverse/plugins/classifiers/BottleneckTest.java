package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Operators;
import org.obverse.networks.Layer;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;

/** A head can be what MID (Wang et al. 2021) puts between pooling and logits. */
class BottleneckTest {
    private static final Workbench BENCH = Workbench.of(BottleneckTest.class);
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final int CLASSES = 5;
    private static final int BOTTLENECK = 8;

    static Stream<Named<ClassifierArchitecture>> networks() {
        return Networks.small(BENCH);
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void its_activations_lie_beside_those_of_the_body(ClassifierArchitecture architecture) {
        Classifier network = withBottleneck(architecture, BENCH.parameters(1));
        List<Tap> plain =
                architecture.build(INPUT, CLASSES, BENCH.parameters(1)).taps();
        List<Tap> own = List.of(new Tap("mu", new Shape(BOTTLENECK)), new Tap("sigma", new Shape(BOTTLENECK)));
        assertEquals(Stream.concat(plain.stream(), own.stream()).toList(), network.taps());
        Activations activations = network.forward(images(), Pass.evaluation(BENCH.stream(3)));
        assertEquals(new Shape(2, CLASSES), activations.logits().getShape());
        assertEquals(new Shape(2, BOTTLENECK), activations.tap("mu").getShape());
        // softplus(-5) = 0.0067: at first sigma is close to that.
        assertTrue(activations.tap("sigma").lt(0.02).all().getBoolean());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void its_noise_is_the_passes(ClassifierArchitecture architecture) {
        Classifier network = withBottleneck(architecture, BENCH.parameters(1));
        float[] first = logits(network, 3);
        assertArrayEquals(first, logits(network, 3));
        assertFalse(Arrays.equals(first, logits(network, 4)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void it_replaces_the_old_head_in_the_state_dict_which_loads_again(ClassifierArchitecture architecture) {
        Classifier network = withBottleneck(architecture, BENCH.parameters(1));
        Map<String, NDArray> saved = network.parameters().all();
        assertTrue(saved.containsKey("bottleneck.weight") && !saved.containsKey("fc.weight"), saved.keySet()::toString);
        assertTrue(network.parameters().trainable().containsKey("bottleneck.weight"));

        Parameters loaded = BENCH.parameters(new Saved(saved));
        Classifier again = withBottleneck(architecture, loaded);
        loaded.requireNothingLeft("the saved network");
        assertArrayEquals(logits(network, 3), logits(again, 3));
    }

    private static Classifier withBottleneck(ClassifierArchitecture architecture, Parameters parameters) {
        return ((Headed) architecture).build(INPUT, CLASSES, parameters, (features, classes, tensors) -> {
            Namespace root = Namespace.root(tensors, BENCH.operators());
            return new Bottleneck(
                    Linear.of(root.in("bottleneck"), features, 2 * BOTTLENECK),
                    Linear.of(root.in("classify"), BOTTLENECK, classes),
                    BENCH.operators());
        });
    }

    private static float[] logits(Classifier network, long noise) {
        return network.forward(images(), Pass.evaluation(BENCH.stream(noise)))
                .logits()
                .toFloatArray();
    }

    private static NDArray images() {
        Shape batch = new Shape(2).addAll(INPUT);
        return BENCH.manager().create(BENCH.stream(2).gaussians(Math.toIntExact(batch.size())), batch);
    }

    private record Bottleneck(Layer statistics, Layer classify, Operators operators) implements Head {
        @Override
        public List<Tap> taps() {
            return List.of(new Tap("mu", new Shape(BOTTLENECK)), new Tap("sigma", new Shape(BOTTLENECK)));
        }

        @Override
        public Activations classify(NDArray features, Pass pass) {
            NDArray statistics = this.statistics.apply(features, pass);
            NDArray mu = statistics.get(":, :" + BOTTLENECK);
            NDArray sigma =
                    operators.softplus(statistics.get(":, " + BOTTLENECK + ":").sub(5));
            NDArray noise = features.getManager()
                    .create(pass.noise().child("bottleneck").gaussians(Math.toIntExact(mu.size())), mu.getShape());
            NDArray z = mu.add(sigma.mul(noise));
            return new Activations(classify.apply(z, pass), Map.of("mu", mu, "sigma", sigma));
        }
    }

    /** The tensors of another network, copied. */
    private record Saved(Map<String, NDArray> tensors) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            NDArray tensor = tensors.get(name);
            if (tensor == null || !tensor.getShape().equals(shape)) {
                throw new AssertionError("the network asks for " + name + " " + shape);
            }
            return tensor.duplicate();
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }
}
