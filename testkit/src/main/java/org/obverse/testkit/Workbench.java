package org.obverse.testkit;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.plugin.Workspace;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.Training;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.lend.FolderWorkspace;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.EngineTraining;
import org.obverse.engine.weights.ScriptFile;

/**
 * Everything that a component is lent, for a test of that component alone: make one per test class and close it at the
 * end. The services are the engine's own.
 *
 * <pre>{@code
 * static final Workbench BENCH = Workbench.of(MyTest.class);
 * var loss = BENCH.fixture("poincare.safetensors").get("face.loss");
 * }</pre>
 */
public final class Workbench implements Resources, AutoCloseable {
    private final Class<?> owner;
    private final TorchRuntime torch;
    private final NDManager manager;
    private final RandomStream random;
    private final List<Component<?, ?>> components;

    private Workbench(Class<?> owner, TorchRuntime torch, RandomStream random, List<Component<?, ?>> components) {
        this.owner = owner;
        this.torch = torch;
        this.manager = torch.manager().newSubManager();
        this.random = random;
        this.components = List.copyOf(components);
    }

    /**
     * @param owner the test, beside which fixtures and weights lie
     */
    public static Workbench of(Class<?> owner) {
        return new Workbench(owner, TorchRuntime.start(), CounterStream.of(1), List.of());
    }

    /** The same bench, at which {@link #create} also finds a component. */
    public Workbench with(Component<?, ?> component) {
        return with(List.of(component));
    }

    /** The same bench, at which {@link #create} also finds a plugin's components. */
    public Workbench with(Plugin plugin) {
        return with(plugin.components());
    }

    private Workbench with(List<Component<?, ?>> found) {
        List<Component<?, ?>> more = new ArrayList<>(components);
        more.addAll(found);
        return new Workbench(owner, torch, random, more);
    }

    /** A tensor file among the test's resources. */
    public Fixture fixture(String resource) {
        return Fixture.open(owner, resource, manager);
    }

    /** A stream for a test. */
    public RandomStream stream(long seed) {
        return CounterStream.of(seed);
    }

    /** Fresh tensors for a network under test. */
    public Parameters parameters(long seed) {
        return new Parameters(manager, ParameterSource.fresh(CounterStream.of(seed)));
    }

    /** Tensors for a network under test from a source, such as {@link Fixture#weights}. */
    public Parameters parameters(ParameterSource source) {
        return new Parameters(manager, source);
    }

    @Override
    public RandomStream random() {
        return random;
    }

    @Override
    public Gradients gradients() {
        return torch.gradients();
    }

    @Override
    public Operators operators() {
        return torch.operators();
    }

    @Override
    public Training training() {
        return new EngineTraining(torch);
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    /** Its files are relative to the module's folder, its cache is {@code target/cache} there. */
    @Override
    public Workspace workspace() {
        Path module = Path.of("");
        return new FolderWorkspace(
                torch, manager, module, module.resolve("target/cache"), owner.getClassLoader(), Supervision.none());
    }

    @Override
    public ParameterSource weights(String location) {
        if (!location.startsWith("builtin:")) {
            return new StoredParameters(location, TensorFile.open(Path.of(location)));
        }
        String resource = "/weights/" + location.substring("builtin:".length()) + ".safetensors";
        try (InputStream bytes = owner.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new InvalidConfigurationException(
                        new Problem(location, "there is no resource " + resource, "add it to the plugin"));
            }
            return new StoredParameters(location, TensorFile.of(location, bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ScriptedModule script(String location) {
        ScriptFile.require(Path.of(location), location);
        return torch.script(Path.of(location), location, manager);
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        return components.stream()
                .filter(component ->
                        component.kind() == kind && component.name().equals(use.name()))
                .findFirst()
                .map(component -> kind.type().cast(make(component, use)))
                .orElseThrow(() -> new InvalidConfigurationException(new Problem(
                        use.name(),
                        "there is no " + kind + " of this name at the bench",
                        "add it with Workbench.with")));
    }

    private <C extends Record, T> T make(Component<C, T> component, Use use) {
        Binder binder = new Binder();
        C configuration = binder.bind(component.defaults(), (Mapping) Node.of(use.settings()), use.name());
        if (!binder.problems().isEmpty()) {
            throw new InvalidConfigurationException(binder.problems());
        }
        return component.factory().create(configuration, this);
    }

    @Override
    public void close() {
        manager.close();
    }
}
