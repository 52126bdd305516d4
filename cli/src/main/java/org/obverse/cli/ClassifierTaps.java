package org.obverse.cli;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;

/** The activations that a classifier offers under its defaults: it is built without its weights, and asked. */
final class ClassifierTaps {
    /** Pixels, the usual first: some architectures have one size alone. */
    private static final List<Integer> SIDES = List.of(224, 299, 160, 112, 64, 32);

    private static final int CLASSES = 10;

    private ClassifierTaps() {}

    /** Their names, in the network's order; nothing if the defaults do not suffice to build it. */
    static List<String> of(Registry registry, PlannedComponent<ClassifierArchitecture> chosen) {
        try {
            TorchRuntime torch = TorchRuntime.start(TorchSettings.defaults());
            try (NDManager manager = torch.manager().newSubManager()) {
                ClassifierArchitecture architecture = chosen.create(new ComponentResources(
                        torch,
                        manager,
                        new Components(registry),
                        Path.of(""),
                        CounterStream.of(0),
                        chosen.plugin(),
                        Supervision.none()));
                return SIDES.stream()
                        .map(side -> taps(architecture, side, manager))
                        .filter(taps -> !taps.isEmpty())
                        .findFirst()
                        .orElse(List.of());
            }
        } catch (InvalidConfigurationException | EngineException e) {
            return List.of();
        }
    }

    private static List<String> taps(ClassifierArchitecture architecture, int side, NDManager owner) {
        try (NDManager manager = owner.newSubManager()) {
            Classifier built =
                    architecture.build(new Shape(3, side, side), CLASSES, new Parameters(manager, new Zeros()));
            return built.taps().stream().map(Tap::name).toList();
        } catch (InvalidConfigurationException e) {
            return List.of();
        }
    }

    /** Tensors that nobody computes with. */
    private record Zeros() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return manager.zeros(shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
