namespace DoorAgent.Hardware.Badges;

/// <summary>The two lines of a Wiegand reader, with the settings that name them.</summary>
/// <param name="D0">Number of the line of D0.</param>
/// <param name="D1">Number of the line of D1.</param>
/// <param name="KeyOfD0">The setting of D0, without its section.</param>
/// <param name="KeyOfD1">The setting of D1, without its section.</param>
internal readonly record struct ReaderWires(int D0, int D1, string KeyOfD0, string KeyOfD1)
{
    /// <summary>Returns the lines of the reader on one side; those of an exit reader must be set.</summary>
    public static ReaderWires Of(HardwareOptions hardware, ReaderSide side) => side == ReaderSide.Entry
        ? new ReaderWires(hardware.D0, hardware.D1, nameof(hardware.D0), nameof(hardware.D1))
        // A Wiegand reader without its lines is refused before the start; no chip has a line of a negative number.
        : new ReaderWires(hardware.ExitD0 ?? -1, hardware.ExitD1 ?? -1, nameof(hardware.ExitD0), nameof(hardware.ExitD1));
}
