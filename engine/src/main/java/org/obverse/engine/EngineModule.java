package org.obverse.engine;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.obverse.engine.finished.FinishedAttacks;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Runs;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.engine.trial.Trials;

/** Wires the engine: a registry, one native runtime (started when first needed), and what works with them. */
public final class EngineModule extends AbstractModule {
    private final Registry registry;
    private final TorchSettings settings;

    /**
     * @param registry with which the plan was read
     * @param settings the device and threads of the plan that is going to be run
     */
    public EngineModule(Registry registry, TorchSettings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(Registry.class).toInstance(registry);
        bind(EngineCode.class);
        bind(Runs.class);
        bind(Trials.class);
        bind(FinishedAttacks.class);
    }

    @Provides
    @Singleton
    TorchRuntime torch() {
        return TorchRuntime.start(settings);
    }
}
