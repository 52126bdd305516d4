package org.obverse.engine;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.run.Runs;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;

/** Wires the engine: one registry, one native runtime (started when first needed), and what works with them. */
public final class EngineModule extends AbstractModule {
    private final TorchSettings settings;

    /**
     * @param settings the device and threads of the plan that is going to be run
     */
    public EngineModule(TorchSettings settings) {
        this.settings = settings;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        bind(EngineCode.class);
        bind(Runs.class);
    }

    @Provides
    @Singleton
    Registry registry() {
        return Registry.ofClassPath();
    }

    @Provides
    PlanReader planReader(Registry registry) {
        return new PlanReader(registry);
    }

    @Provides
    @Singleton
    TorchRuntime torch() {
        return TorchRuntime.start(settings);
    }
}
