using System.Text.RegularExpressions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Rules of the house that no compiler checks.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void HardwareKnowsNothingOfFacesOrPolicy()
    {
        string hardware = Path.Combine(Source, "DoorAgent.Hardware");
        Assert.DoesNotContain(FilesWith(@"\bDoorAgent\.(?!Hardware\b)"), file => file.StartsWith("DoorAgent.Hardware/", StringComparison.Ordinal));
        Assert.DoesNotContain("<ProjectReference", File.ReadAllText(Path.Combine(hardware, "DoorAgent.Hardware.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyOneFileNamesTheNetworksRuntime() =>
        Assert.Equal(["DoorAgent/Networks/Network.cs"], FilesWith(@"\bOnnxRuntime\b"));

    [Fact]
    public void OnlyGalleriesAndAuditingKnowTheDatabase() => Assert.All(
        FilesWith(@"\bMicrosoft\.Data\.Sqlite\b").Where(file => !file.StartsWith("DoorAgent/Storage/Sqlite", StringComparison.Ordinal)),
        file => Assert.True(file.StartsWith("DoorAgent/Galleries/", StringComparison.Ordinal) || file.StartsWith("DoorAgent/Auditing/", StringComparison.Ordinal), file));

    [Fact]
    public void NothingKnowsTheCommandLineButTheProgram() => Assert.All(
        FilesWith(@"\b(DoorAgent\.Commands|Commands\.\w+|System\.CommandLine|Spectre\.Console)\b"),
        file => Assert.Matches("^DoorAgent/(Commands/|Diagnostics/|Program.cs$)", file));

    [Fact]
    public void TheDataGoesOneWay()
    {
        string[] path = ["Frames", "Faces", "Encodings", "Matching", "Decisions", "Doors", "Auditing"];
        string[] around = ["Galleries", "Enrolment", "Running", "Commands", "Evaluation", "Simulation", "Operating", "Diagnostics"];
        Assert.All(path.Index(), room => Assert.DoesNotContain(
            FilesWith($@"\bDoorAgent\.({string.Join('|', path.Skip(room.Index + 1).Concat(around))})\b"), file => file.StartsWith($"DoorAgent/{room.Item}/", StringComparison.Ordinal)));
    }

    /// <summary>A decoder is the widest gate for hostile bytes: a door on real hardware opens it for its own camera's pictures alone.</summary>
    [Fact]
    public void PictureFilesAreDecodedByCommandsAndSimulationsOnly() => Assert.Equal(
        [
            "DoorAgent.Hardware/Cameras/FolderCamera.cs", "DoorAgent.Hardware/Cameras/Linux/ProgramCapture.cs", "DoorAgent/Enrolment/PictureReading.cs",
            "DoorAgent/Galleries/GalleryCrops.cs", "DoorAgent/Simulation/PlayedCamera.cs", "DoorAgent/Simulation/ScenarioPlayer.cs",
        ],
        FilesWith(@"\bPictureFile\.(Read|Decode)\b|\b(ImRead|ImDecode|FromImageData)\(").Where(file => file != "DoorAgent.Hardware/Cameras/PictureFile.cs"));

    [Fact]
    public void NothingRunsUnwatchedOrQueuesWithoutEnd()
    {
        Assert.Empty(FilesWith(@"\basync void\b"));
        Assert.Empty(FilesWith(@"\bCreateUnbounded\b"));
    }

    [Fact]
    public void NoFileHoldsMoreThanThreeHundredLines() =>
        Assert.All(Files(), file => Assert.True(File.ReadLines(file).Count() <= 300, file));

    [Fact]
    public void NothingIsLeftForLater() => Assert.All(
        Files(), file => Assert.DoesNotMatch(new Regex("TO" + "DO|FIX" + "ME|NotImpl" + "ementedException"), File.ReadAllText(file)));

    [Fact]
    public void ScriptsAreReadByBash() => Assert.All(Scripts(), script => Check("bash", "-n", script));

    [Fact]
    public void ScriptsPassShellcheck()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))), "needs shellcheck: apt-get install shellcheck");
        Assert.All(Scripts(), script => Check("shellcheck", "--external-sources", script));
    }

    private static string[] Scripts()
    {
        string[] scripts =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.sh", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.sh", SearchOption.AllDirectories),
            .. new[] { "postinst", "prerm", "postrm", "completion.bash" }.Select(name => Path.Combine(Repository.Root, "deploy", "debian", name)),
            Path.Combine(Repository.Root, ".ci", "run"),
        ];
        Assert.True(scripts.Length >= 4, "deploy/prerequisites.sh, deploy/quickstart.sh, tests/run.sh and .ci/run");
        return scripts;
    }

    private static void Check(string program, params string[] arguments)
    {
        // The scripts name one another from the repository's root.
        (int code, string said) = Script.Run(program, arguments);
        Assert.True(code == 0, said);
    }

    private static IEnumerable<string> FilesWith(string pattern) => Files()
        .Where(file => Regex.IsMatch(File.ReadAllText(file), pattern))
        .Select(file => Path.GetRelativePath(Source, file));

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
