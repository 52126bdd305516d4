package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
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
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.BuiltIn;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.EngineTraining;
import org.obverse.engine.weights.ScriptFile;
import org.obverse.engine.weights.WeightFile;

/**
 * What the engine lends to one component.
 *
 * @param components where parts named in configurations are looked up
 * @param base the folder to which file names in the plan are relative
 * @param plugin whose {@code builtin:} weights can be opened
 * @param supervision of what the component does to many files
 */
public record ComponentResources(
        TorchRuntime torch,
        NDManager manager,
        Components components,
        Path base,
        RandomStream random,
        LoadedPlugin plugin,
        Supervision supervision)
        implements Resources {
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
    public Workspace workspace() {
        return new FolderWorkspace(torch, manager, base, FolderWorkspace.usersCache(), plugin.classes(), supervision);
    }

    @Override
    public ParameterSource weights(String location) {
        if (!location.startsWith(BuiltIn.PREFIX)) {
            return file(location).parameters();
        }
        BuiltIn weights = new BuiltIn(plugin.classes(), "weights", ".safetensors");
        String resource = weights.resource(location);
        try (InputStream bytes = plugin.classes().getResourceAsStream(resource)) {
            if (bytes == null) {
                throw weights.missing(location, "weights");
            }
            return new StoredParameters(location, TensorFile.of(location, bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource + " of " + plugin.source(), e);
        }
    }

    private WeightFile file(String location) {
        return WeightFile.open(path(location), location);
    }

    private Path path(String location) {
        try {
            Path file = base.resolve(location);
            if (!Files.exists(file)) {
                throw InvalidConfigurationException.missing(List.of(
                        new Problem(location, "there is no such file", "name an existing one, relative to the plan")));
            }
            return file;
        } catch (InvalidPathException e) {
            throw new InvalidConfigurationException(
                    new Problem(location, "is no file name (" + e.getReason() + ")", "give the path of a file"));
        }
    }

    @Override
    public ScriptedModule script(String location) {
        Path file = path(location);
        ScriptFile.require(file, location);
        return torch.script(file, location, manager);
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        PlannedComponent<T> chosen = components.choose(kind, use);
        return chosen.create(new ComponentResources(
                torch, manager, components, base, random.child(use.name()), chosen.plugin(), supervision));
    }
}
