using System.Text.RegularExpressions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Tests the rules of the source tree that no compiler checks.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>The folders of src/DoorAgent in the order of the data, from the storage to the command line, as in src/README.md.</summary>
    private static readonly string[] Floors =
    [
        "Storage", "Settings", "Certificates", "Sealing", "Networks", "Frames", "Faces", "Liveness", "Encodings",
        "Matching", "Events", "Schedules", "Modes", "Fleet", "Decisions", "Doors", "Auditing",
        "Models", "Galleries", "Enrolment", "Evaluation", "Operating", "Hub", "Link", "Page", "Office", "Privacy", "Running", "Simulation", "Diagnostics", "Commands",
    ];

    /// <summary>The folders of src/DoorAgent.Hardware; the files beside them are "", <c>Devices</c> may use all others.</summary>
    private static readonly string[] DeviceFloors = ["Settings", "", "Linux", "Gpio", "Cameras", "Displays", "Badges", "Doors", "Devices"];

    public static TheoryData<string> Folders => [.. Floors];

    public static TheoryData<string> DeviceFolders => [.. DeviceFloors];

    [Fact]
    public void HardwareDoesNotUseFacesOrPolicy()
    {
        string hardware = Path.Combine(Source, "DoorAgent.Hardware");
        Assert.DoesNotContain(FilesWith(@"\bDoorAgent\.(?!Hardware\b)"),
            file => file.StartsWith("DoorAgent.Hardware/", StringComparison.Ordinal));
        Assert.DoesNotContain("<ProjectReference",
            File.ReadAllText(Path.Combine(hardware, "DoorAgent.Hardware.csproj")), StringComparison.Ordinal);
    }

    /// <summary>A write to .NET's console locks the present Console.Out. A program that puts its own writer there, while the runner of the
    /// tests writes to the one before, waits for the runner, and the runner for the program.</summary>
    [Fact]
    public void WhoeverRunsTheProgramInTheProcessOfTheTestsHasTheConsoleForItself() => Assert.All(
        Directory.GetFiles(Path.Combine(Repository.Root, "tests", "DoorAgent.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "ArchitectureTests.cs")
            .Select(file => (file, text: File.ReadAllText(file)))
            .Where(test => test.text.Contains("Program.Main(", StringComparison.Ordinal)),
        test =>
        {
            Assert.True(test.text.Contains("[Collection(nameof(WholeConsole))]", StringComparison.Ordinal), test.file);
            Assert.Matches(@"\bWholeConsole _?console = new\(\)", test.text);
        });

    [Fact]
    public void OnlyOneFileNamesTheNetworksRuntime() =>
        Assert.Equal(["DoorAgent/Networks/Network.cs"], FilesWith(@"\bOnnxRuntime\b"));

    [Fact]
    public void OnlyGalleriesAuditingAndOfficeUseTheDatabase() => Assert.All(
        FilesWith(@"\bMicrosoft\.Data\.Sqlite\b").Where(file => !file.StartsWith("DoorAgent/Storage/", StringComparison.Ordinal)),
        file => Assert.True(file.StartsWith("DoorAgent/Galleries/", StringComparison.Ordinal)
            || file.StartsWith("DoorAgent/Auditing/", StringComparison.Ordinal)
            || file.StartsWith("DoorAgent/Office/", StringComparison.Ordinal), file));

    /// <summary>Settings are bound and checked in one place; the parts of the door receive their own options.</summary>
    [Fact]
    public void OnlySettingsReadTheConfiguration() => Assert.All(
        FilesWith(@"\bIConfiguration\w*\b"), file => Assert.StartsWith("DoorAgent/Settings/", file, StringComparison.Ordinal));

    [Fact]
    public void OnlyTheProgramAndItsCommandsUseTheCommandLine() => Assert.All(
        FilesWith(@"\b(DoorAgent\.Commands|(?<!Iot\.Device\.\w+\.)Commands\.\w+|System\.CommandLine|Spectre\.Console)\b"),
        file => Assert.Matches("^DoorAgent/(Commands/|Diagnostics/|Program.cs$)", file));

    [Theory]
    [MemberData(nameof(Folders))]
    public void AFolderUsesOnlyTheFoldersToItsLeft(string folder)
    {
        string[] unknown = [.. Floors.SkipWhile(floor => floor != folder)];
        Assert.All(Files($"DoorAgent/{folder}/"),
            file => Assert.DoesNotContain(FoldersNamedBy(file), named => named != folder && unknown.Contains(named)));
    }

    [Theory]
    [MemberData(nameof(DeviceFolders))]
    public void AFolderOfDevicesUsesOnlyTheFoldersToItsLeft(string folder)
    {
        string unknown = string.Join('|', DeviceFloors.SkipWhile(floor => floor != folder)
            .Skip(1).Where(floor => floor.Length > 0).DefaultIfEmpty("(?!)"));
        Assert.All(
            Files("DoorAgent.Hardware/").Where(file => DeviceFolderOf(file) == folder),
            file => Assert.DoesNotMatch($@"DoorAgent\.Hardware\.({unknown})\b", File.ReadAllText(file)));
    }

    [Fact]
    public void EveryFolderIsListedAndTheRootContainsOnlyTheProgram()
    {
        string root = Path.Combine(Source, "DoorAgent");
        Assert.Empty(Directory.EnumerateFiles(root, "*.cs").Select(Path.GetFileName).Except(["Program.cs", "UserErrorException.cs"]));
        Assert.Empty(Directory.EnumerateDirectories(root).Where(HasCode).Select(Path.GetFileName).Except(Floors));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(Source, "DoorAgent.Hardware"))
            .Where(HasCode).Select(Path.GetFileName).Except(DeviceFloors));
    }

    /// <summary>A decoder is the largest attack surface for hostile bytes: a door on real hardware decodes only the pictures of its own
    /// camera.</summary>
    [Fact]
    public void PictureFilesAreDecodedByCommandsAndSimulationsOnly() => Assert.Equal(
        [
            "DoorAgent.Hardware/Cameras/FolderCamera.cs", "DoorAgent.Hardware/Cameras/Linux/ProgramCapture.cs",
            "DoorAgent/Commands/People/EnrolmentSheet.cs", "DoorAgent/Diagnostics/Explaining/VisitPicture.cs", "DoorAgent/Enrolment/PictureReading.cs",
            "DoorAgent/Evaluation/PictureEncoder.cs", "DoorAgent/Evaluation/PicturePreview.cs",
            "DoorAgent/Evaluation/PresentationFrames.cs",
            "DoorAgent/Galleries/GalleryCrops.cs", "DoorAgent/Simulation/ScenarioPlayer.cs", "DoorAgent/Simulation/SceneCamera.cs",
        ],
        FilesWith(@"\bPictureFile\.(Read|Decode)\b|\b(ImRead|ImDecode|FromImageData)\(")
            .Where(file => file != "DoorAgent.Hardware/Cameras/PictureFile.cs"));

    [Fact]
    public void NoTaskIsUnobservedAndNoQueueIsUnbounded()
    {
        Assert.Empty(FilesWith(@"\basync void\b"));
        Assert.Empty(FilesWith(@"\bCreateUnbounded\b"));
    }

    [Fact]
    public void NoFileHoldsMoreThanThreeHundredLines() =>
        Assert.All(Files(), file => Assert.True(File.ReadLines(file).Count() <= 300, file));

    [Fact]
    public void NoFileContainsUnfinishedWork() => Assert.All(
        Files(), file => Assert.DoesNotMatch(new Regex("TO" + "DO|FIX" + "ME|NotImpl" + "ementedException"), File.ReadAllText(file)));

    [Fact]
    public void ScriptsAreValidBash() => Assert.All(Scripts(), script => Check("bash", "-n", script));

    [Slow]
    [Fact]
    public void ScriptsPassShellcheck()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))),
            "needs shellcheck: apt-get install shellcheck");
        Assert.All(Scripts(), script => Check("shellcheck", "--external-sources", script));
    }

    private static string[] Scripts()
    {
        string[] scripts =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.sh", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.sh", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Source, "DoorAgent", "BuiltIn", "training"), "*.sh"),
            .. new[] { "preinst", "postinst", "prerm", "postrm", "completion.bash" }
                .Select(name => Path.Combine(Repository.Root, "deploy", "debian", name)),
            Path.Combine(Repository.Root, ".ci", "run"),
        ];
        Assert.True(scripts.Length >= 4, "deploy/prerequisites.sh, deploy/quickstart.sh, tests/run.sh and .ci/run");
        return scripts;
    }

    private static void Check(string program, params string[] arguments)
    {
        // The scripts refer to one another relative to the repository's root.
        (int code, string said) = Script.Run(program, arguments);
        Assert.True(code == 0, said);
    }

    private static IEnumerable<string> FilesWith(string pattern) => Files()
        .Where(file => Regex.IsMatch(File.ReadAllText(file), pattern))
        .Select(file => Path.GetRelativePath(Source, file));

    /// <summary>Returns the folders in using lines and in qualified names such as Settings.SettingText.</summary>
    private static IEnumerable<string> FoldersNamedBy(string file) => Regex
        .Matches(File.ReadAllText(file),
            $@"^using (?:static )?(?:\w+ = )?DoorAgent\.(\w+)|(?<![\w./""])(?:DoorAgent\.)?({string.Join('|', Floors)})\.[A-Z]\w*[.(<]",
            RegexOptions.Multiline)
        .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value);

    private static IEnumerable<string> Files(string under) =>
        Files().Where(file => Path.GetRelativePath(Source, file).StartsWith(under, StringComparison.Ordinal));

    private static string DeviceFolderOf(string file) =>
        Path.GetRelativePath(Source, file).Split('/') is { Length: > 2 } parts ? parts[1] : "";

    private static bool HasCode(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any();

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
