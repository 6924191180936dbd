using System.Runtime.InteropServices;

namespace DoorAgent.Link.Mqtt;

/// <summary>What kind of machine this is, as Home Assistant shows it.</summary>
internal static class MachineModel
{
    // The firmware's device tree names the board; a PC has none.
    private const string BoardFile = "/proc/device-tree/model";

    /// <summary>The name of the board, else the kind of the processor.</summary>
    public static string Here { get; } = Of(BoardFile);

    /// <summary>Returns the name in a file of the device tree, else the kind of the processor.</summary>
    public static string Of(string file)
    {
        try
        {
            if (File.ReadAllText(file).TrimEnd('\0').Trim() is { Length: > 0 and <= 100 } model)
                return model;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Not a board with a device tree.
        }

        return $"Linux {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
