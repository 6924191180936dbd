using DoorAgent.Hardware.Settings;

namespace DoorAgent.Networks;

/// <summary>Where networks lie.</summary>
internal sealed class ModelOptions : ICheckedOptions
{
    private const string DirectoryForm = "an absolute path";

    public static string Section => "Models";

    [Setting("A directory with network files, searched before /var/lib/dooragent/models and the built-in two; --models takes precedence.",
        Form = DirectoryForm)]
    [Unset("none")]
    public string? Directory { get; set; }

    public void Check(OptionErrors errors) =>
        errors.Require(Directory is null || Path.IsPathFullyQualified(Directory), nameof(Directory), Directory, DirectoryForm);
}
