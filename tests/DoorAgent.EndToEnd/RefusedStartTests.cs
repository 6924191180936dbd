namespace DoorAgent.EndToEnd;

/// <summary>An unusable setting or file stops the start with exit code 2 and a line that says why; the door stays locked.</summary>
public sealed class RefusedStartTests
{
    [Theory]
    [InlineData("Doors", """{ "AcessTime": "5 s" }""", "AccessTime")]
    [InlineData("Doors", """{ "AccessTime": "5 min" }""", "Doors:AccessTime is 5 min; allowed: 1 s to 30 s")]
    [InlineData("Hardware", """{ "Kind": "pins", "Contact": "23" }""", "gpio or simulated")]
    [InlineData("Hardware", """{ "Contact": "23" }""", "Hardware:Kind is not set")]
    [InlineData("Hardware", """{ "Kind": "simulated" }""", "Hardware:Contact is not set")]
    [InlineData("Hardware", """{ "Kind": "simulated", "Contact": "17" }""", "D0 and Contact share it")]
    [InlineData("Hardware", """{ "Kind": "simulated", "Contact": "23", "Camera": "/nowhere" }""", "/nowhere")]
    [InlineData("Faces", """{ "Detector": "yunet" }""", "door-detector")]
    public void TheReasonForARefusalIsNamed(string section, string json, string reason)
    {
        using Door door = new();
        if (section == "Hardware")
            door.Settings(section, json);
        else
            File.WriteAllText(door.ConfigFile, $$"""
                {
                  "Hardware": { "Kind": "simulated", "Contact": "23", "Camera": "{{Door.Picture("adam")}}" },
                  "{{section}}": {{json}}
                }
                """);
        using Daemon daemon = door.Start();
        Assert.Equal(2, daemon.WaitForExit());
        Assert.Contains(reason, daemon.Said, StringComparison.Ordinal);
        Assert.Contains("stays locked", daemon.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenNetworkIsRefused()
    {
        using Door door = new();
        string models = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(door.ConfigFile)!, "models")).FullName;
        byte[] encoder = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "builtin", "models", "door-encoder.onnx"));
        File.WriteAllBytes(Path.Combine(models, "door-encoder.onnx"), encoder[..^1000]);
        using Daemon daemon = door.Start("--models", models);
        Assert.Equal(2, daemon.WaitForExit());
        Assert.Contains("is cut off", daemon.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotAJournalIsRefusedAndKept()
    {
        using Door door = new();
        Directory.CreateDirectory(door.Data);
        string journal = Path.Combine(door.Data, "journal.db");
        File.WriteAllText(journal, "somebody wrote over the evidence, but it is still evidence");
        using Daemon daemon = door.Start();
        Assert.Equal(2, daemon.WaitForExit());
        Assert.StartsWith("somebody", File.ReadAllText(journal), StringComparison.Ordinal);
    }
}
