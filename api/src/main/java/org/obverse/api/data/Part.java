package org.obverse.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The parts of a data set. Identities of {@link #PUBLIC} occur in no other part; no sample is in two parts but the pool. */
public enum Part {
    /** What the target model is trained on: the secret that an attack tries to reveal. */
    @JsonProperty("training")
    TRAINING,
    /** Private samples for evaluation models; a superset of {@link #TRAINING}. */
    @JsonProperty("pool")
    POOL,
    /** Private samples that no model has seen. */
    @JsonProperty("test")
    TEST,
    /** What the attacker has: images of other people. */
    @JsonProperty("public")
    PUBLIC
}
