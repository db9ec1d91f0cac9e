#pragma once

namespace flambeau {

class Recorder;

// Puts a recorder in the way of this thread's operators, and takes it out again.
void pushMode(Recorder* recorder);
void popMode();

}  // namespace flambeau
