package org.obverse.api.defense;

import java.util.List;

/** A defense: the parts that it contributes to the training or to the answers of the target model. */
public interface Defense {
    List<DefensePart> parts();
}
