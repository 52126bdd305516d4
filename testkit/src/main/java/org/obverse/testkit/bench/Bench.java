package org.obverse.testkit.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.Composition;

/** Data, a target and a generator, made once, on which the components of one plugin are tried. */
public final class Bench implements AutoCloseable {
    private static final long SEED = 7;
    private static final float DAMPING = 0.3f;

    private final TorchRuntime torch;
    private final Registry registry;
    private final Components components;
    private final Layout layout;
    private final UnitLoan.Watch watch;
    private final NDManager manager;
    private final Dataset data;
    private final Generator generator;
    private final CountedClassifier target;
    private final Map<Class<?>, Object> made = new HashMap<>();

    /**
     * @param registry holds every component that the layout names
     * @param watch is told of every step and checkpoint of a component that works here
     */
    public Bench(TorchRuntime torch, Registry registry, Layout layout, UnitLoan.Watch watch) {
        this.torch = torch;
        this.registry = registry;
        this.components = new Components(registry);
        this.layout = layout;
        this.watch = watch;
        this.manager = torch.manager().newSubManager();
        this.data = make(Kind.DATASET, layout.data());
        this.generator = generator(make(Kind.GENERATOR, layout.generator()), layout.generator());
        this.target = new CountedClassifier(
                defended(make(Kind.CLASSIFIER, layout.target())).build(data.shape(), data.classes(), fresh(manager)));
    }

    private ClassifierArchitecture defended(ClassifierArchitecture plain) {
        List<DefensePart> parts = layout.defenses().stream()
                .flatMap(use -> make(Kind.DEFENSE, use).parts().stream())
                .toList();
        return new Composition(parts, 0).transform(plain);
    }

    private <T> T make(Kind<T> kind, Use use) {
        PlannedComponent<T> chosen = components.choose(kind, use);
        return chosen.create(resources(chosen.plugin(), manager));
    }

    private Generator generator(GeneratorArchitecture architecture, Use use) {
        Parameters tensors = architecture.weights().isEmpty()
                ? fresh(manager)
                : new Parameters(
                        manager,
                        resources(components.choose(Kind.GENERATOR, use).plugin(), manager)
                                .weights(architecture.weights()));
        return architecture.build(tensors);
    }

    /** What components are lent; the arrays of a product belong to the manager that is given. */
    public Resources resources(LoadedPlugin plugin, NDManager owner) {
        return new BenchResources(new ComponentResources(
                torch, owner, components, Path.of(""), stream("component"), plugin, Supervision.none()));
    }

    /** Tensors drawn from a fixed stream; large ones repeat what was drawn for their first rows. */
    public static Parameters fresh(NDManager owner) {
        return new Parameters(owner, new RepeatedDraws(stream("initial"), Bench::damped));
    }

    /** Smaller values, so that deep networks stay finite in evaluation mode before they were trained. */
    private static Initial damped(Initial initial) {
        return (shape, random) -> {
            float[] values = initial.values(shape, random);
            for (int i = 0; shape.dimension() > 1 && i < values.length; i++) {
                values[i] *= DAMPING;
            }
            return values;
        };
    }

    /** A stream of the bench. */
    public static RandomStream stream(String name) {
        return CounterStream.of(SEED).child(name);
    }

    public TorchRuntime torch() {
        return torch;
    }

    public Registry registry() {
        return registry;
    }

    public Components components() {
        return components;
    }

    public UnitLoan.Watch watch() {
        return watch;
    }

    public Layout layout() {
        return layout;
    }

    /** For arrays that live as long as the bench. */
    public NDManager manager() {
        return manager;
    }

    public Dataset data() {
        return data;
    }

    public Generator generator() {
        return generator;
    }

    /** The target that stages attack, which counts what it is asked. */
    public CountedClassifier target() {
        return target;
    }

    /** A judge of its own, with a smaller input where the data are images, that takes every class for the one after it. */
    public Classifier mistaken() {
        Shape input =
                image().dimension() == 3 ? new Shape(image().get(0), image().get(1) / 2, image().get(2) / 2) : image();
        return BenchEvidence.mistaken(
                defended(make(Kind.CLASSIFIER, layout.target())).build(input, data.classes(), fresh(manager)));
    }

    /** Every class of the data, in ascending order. */
    public List<Integer> classes() {
        List<Integer> classes = new ArrayList<>();
        for (int c = 0; c < data.classes(); c++) {
            classes.add(c);
        }
        return classes;
    }

    /** The architecture that defenses change and train. */
    public ClassifierArchitecture network() {
        return make(Kind.CLASSIFIER, layout.network());
    }

    /**
     * What the rules of several components look at, made once.
     *
     * @param type under which it is remembered
     */
    public <V> V once(Class<V> type, Supplier<V> first) {
        Object known = made.get(type);
        if (known == null) {
            known = first.get();
            made.put(type, known);
        }
        return type.cast(known);
    }

    /** The shape of the data's images. */
    public Shape image() {
        return data.shape();
    }

    @Override
    public void close() {
        manager.close();
    }
}
