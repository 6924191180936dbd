using System.Text.RegularExpressions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Rules of the house that no compiler checks.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void HardwareKnowsNothingOfFacesOrPolicy() =>
        Assert.DoesNotContain(typeof(Hardware.Cameras.Frame).Assembly.GetReferencedAssemblies(), name => name.Name == "dooragent");

    [Fact]
    public void OnlyOneFileNamesTheNetworksRuntime() =>
        Assert.Equal(["DoorAgent/Models/Network.cs"], FilesWith("using Microsoft.ML.OnnxRuntime"));

    [Fact]
    public void OnlyPeopleAndAuditingKnowTheDatabase() => Assert.All(
        FilesWith("using Microsoft.Data.Sqlite").Where(file => file != "DoorAgent/Settings/Sqlite.cs"),
        file => Assert.True(file.StartsWith("DoorAgent/People/", StringComparison.Ordinal) || file.StartsWith("DoorAgent/Auditing/", StringComparison.Ordinal), file));

    [Fact]
    public void NothingKnowsTheCommandLineButTheProgram() => Assert.All(
        FilesWith("using DoorAgent.Commands"), file => Assert.Equal("DoorAgent/Program.cs", file));

    [Fact]
    public void ThePathNeverKnowsSimulation()
    {
        string[] path = ["Frames", "Faces", "Encodings", "Matching", "Decisions", "Doors", "Auditing"];
        Assert.All(FilesWith("using DoorAgent.Simulation"), file => Assert.DoesNotContain(file.Split('/')[1], path));
    }

    [Fact]
    public void NothingRunsUnwatchedOrQueuesWithoutEnd()
    {
        Assert.Empty(FilesWith("async void"));
        Assert.Empty(FilesWith("CreateUnbounded"));
    }

    [Fact]
    public void NoFileHoldsMoreThanThreeHundredLines() =>
        Assert.All(Files(), file => Assert.True(File.ReadLines(file).Count() <= 300, file));

    [Fact]
    public void NothingIsLeftForLater() => Assert.All(
        Files(), file => Assert.DoesNotMatch(new Regex("TO" + "DO|FIX" + "ME|NotImplementedException"), File.ReadAllText(file)));

    private static IEnumerable<string> FilesWith(string text) => Files()
        .Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Source, file));

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
