using DoorAgent.Hardware.Settings;

namespace DoorAgent.Networks;

/// <summary>Where networks lie.</summary>
internal sealed class ModelOptions : ICheckedOptions
{
    public static string Section => "Models";

    /// <value>An absolute directory with network files, looked at before /var/lib/dooragent/models and the built-in two; --models is stronger. Default none.</value>
    [Unset("none")]
    public string? Directory { get; set; }

    public void Check(OptionErrors errors) =>
        errors.Require(Directory is null || Path.IsPathFullyQualified(Directory), nameof(Directory), Directory, "an absolute path");
}
