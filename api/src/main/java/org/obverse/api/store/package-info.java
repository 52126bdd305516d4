/**
 * Where runs on several machines find what others of them made. How artifacts are named, checked and leased is the engine's and does
 * not belong here.
 */
@NullMarked
package org.obverse.api.store;

import org.jspecify.annotations.NullMarked;
