package org.obverse.engine.plan;

import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;

/**
 * A part of a defense that was made.
 *
 * @param path where the plan names the defense, such as {@code targets.hard.defense.0}
 */
public record PlacedPart(String path, PlannedComponent<Defense> defense, DefensePart part) {}
