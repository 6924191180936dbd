namespace DoorAgent.Hardware;

/// <summary>The two lines of a Wiegand reader, with the settings that name them.</summary>
/// <param name="D0">Number of the line of D0.</param>
/// <param name="D1">Number of the line of D1.</param>
/// <param name="KeyOfD0">The setting of D0, without its section.</param>
/// <param name="KeyOfD1">The setting of D1, without its section.</param>
internal readonly record struct ReaderWires(int D0, int D1, string KeyOfD0, string KeyOfD1);
