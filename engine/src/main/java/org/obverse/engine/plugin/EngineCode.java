package org.obverse.engine.plugin;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.List;
import org.obverse.api.plugin.Plugin;

/** The identity of the engine's own code, the API's included: part of what every artifact depends on. */
@Singleton
public final class EngineCode {
    /** What manifests and {@code --accept-changed} call it. */
    public static final String ID = "engine";

    private final String hash;

    @Inject
    public EngineCode() {
        this.hash = Content.hash(
                Content.path(
                        EngineCode.class.getProtectionDomain().getCodeSource().getLocation()),
                List.of(Content.path(
                        Plugin.class.getProtectionDomain().getCodeSource().getLocation())));
    }

    /** SHA-256 over its classes and resources, in hexadecimal. */
    public String hash() {
        return hash;
    }
}
