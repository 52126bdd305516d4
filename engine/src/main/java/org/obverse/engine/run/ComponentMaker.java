package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** Makes a run's components and asks them things outside of units; what goes wrong is told with the plan's key. */
final class ComponentMaker {
    private final PlanChecks checks;
    private final Components components;
    private final TorchRuntime torch;
    private final NDManager manager;
    private final Path base;
    private final Supervision supervision;
    private final List<Problem> refused = new ArrayList<>();
    private final List<Problem> missing = new ArrayList<>();

    /**
     * @param manager of what components keep
     * @param base the folder to which file names in the plan are relative
     */
    ComponentMaker(
            PlanChecks checks,
            Components components,
            TorchRuntime torch,
            NDManager manager,
            Path base,
            Supervision supervision) {
        this.checks = checks;
        this.components = components;
        this.torch = torch;
        this.manager = manager;
        this.base = base;
        this.supervision = supervision;
    }

    /** What components refused so far. */
    List<Problem> refused() {
        return refused;
    }

    /** Files that are not there, so far. */
    List<Problem> missing() {
        return missing;
    }

    /** The component; none if it refuses its configuration, which is noted with its place in the plan. */
    <T> List<T> make(String key, Chosen<T> chosen, long seed, String path) {
        return collected(key, () -> List.of(chosen.create(resources(chosen, seed, path))));
    }

    /** What a component has, as {@link #asked} asks; nothing if it refuses, which is noted. */
    <T> List<T> collected(String key, Chosen<?> component, String doing, Supplier<List<T>> answer) {
        return collected(key, () -> asked(key, component, doing, answer));
    }

    private <T> List<T> collected(String key, Supplier<List<T>> answer) {
        try {
            return answer.get();
        } catch (InvalidConfigurationException e) {
            (e.isMissing() ? missing : refused).addAll(checks.refused(key, e));
            return List.of();
        } catch (PluginFailedException e) {
            throw located(key, e);
        }
    }

    /** A component that was interrupted did not fail. */
    private static RuntimeException located(String key, PluginFailedException e) {
        return e.getCause() instanceof CancelledException cancelled ? cancelled : e.at(key);
    }

    /**
     * Runs what a component does outside of any unit.
     *
     * @param key where the plan names the component
     * @param doing for messages, such as {@code the parts of defense 'bido' of plugin 'bido'}
     * @throws PluginFailedException with the key, and the plugin in whose code it was thrown
     */
    <T> T asked(String key, Chosen<?> component, String doing, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (InvalidConfigurationException | CancelledException e) {
            throw e;
        } catch (PluginFailedException e) {
            throw located(key, e);
        } catch (Throwable e) {
            LoadedPlugin culprit = components.registry().culprit(e).orElse(component.plugin());
            throw new PluginFailedException(culprit.source().toString(), doing, e).at(key);
        }
    }

    ComponentResources resources(Chosen<?> chosen, long seed, String path) {
        return new ComponentResources(
                torch,
                manager,
                components,
                base,
                CounterStream.of(seed).child(path).child("component"),
                chosen.plugin(),
                supervision);
    }
}
