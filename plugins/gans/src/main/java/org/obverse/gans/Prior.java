package org.obverse.gans;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Use;

/** Where the generator of an attack comes from. */
public enum Prior {
    /** The attack trains one on public images first, as published. */
    @JsonProperty("wgan-gp")
    WGAN_GP {
        @Override
        public Map<Stage, Use> stages() {
            return Map.of(Stage.PREPARE, Use.of("wgan-gp"));
        }
    },
    /** It is the plan's. */
    @JsonProperty("planned")
    PLANNED {
        @Override
        public Map<Stage, Use> stages() {
            return Map.of();
        }
    };

    /** What a recipe begins with; a plan cannot remove a stage. */
    public abstract Map<Stage, Use> stages();
}
