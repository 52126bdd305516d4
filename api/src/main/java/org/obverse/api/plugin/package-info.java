/**
 * How a jar describes what it contributes: plugins, components, their configuration and its problems. Nothing here runs an attack.
 */
@NullMarked
package org.obverse.api.plugin;

import org.jspecify.annotations.NullMarked;
