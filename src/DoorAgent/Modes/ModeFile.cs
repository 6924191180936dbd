using DoorAgent.Storage;

namespace DoorAgent.Modes;

/// <summary>The file that keeps the lockdowns of the door and of its group, and suspended hours, over a restart.</summary>
/// <param name="path">Path of the file, in the data directory.</param>
internal sealed class ModeFile(string path) : StateFile<LastingMode>(path);
