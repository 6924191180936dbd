using System.Text.RegularExpressions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

/// <summary>Runs the tests of the recipe of the built-in networks, which are Python (tests/training).</summary>
[Slow]
public sealed partial class TrainingRecipeTests(TrainingRecipeTests.PythonRun run) : IClassFixture<TrainingRecipeTests.PythonRun>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "training");

    /// <summary>The tests by their names in the files, so that each is counted and skipped by name where Python lacks PyTorch.</summary>
    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "test_*.py").Order(StringComparer.Ordinal).SelectMany(NamesIn)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Python(string name)
    {
        Assert.SkipWhen(run.Missing is not null, $"needs python3-torch, python3-opencv and python3-onnx of Debian 12 or later: {run.Missing}");
        Assert.True(run.Results.TryGetValue(name, out string[]? result), $"{name} did not run: {run.Said}");
        Assert.SkipWhen(result[0] == "skipped", result[2]);
        Assert.True(result[0] == "passed", result[2].Replace("\\n", "\n", StringComparison.Ordinal));
    }

    private static IEnumerable<string> NamesIn(string file)
    {
        string of = "";
        foreach (Match line in Definition().Matches(File.ReadAllText(file)))
        {
            if (line.Groups["test"].Success)
                yield return $"{Path.GetFileNameWithoutExtension(file)}.{of}.{line.Groups["test"].Value}";
            else
                of = line.Groups["of"].Value;
        }
    }

    [GeneratedRegex(@"^(class (?<of>\w+)|    def (?<test>test_\w+))", RegexOptions.Multiline)]
    private static partial Regex Definition();

    /// <summary>One run of all tests: loading PyTorch takes seconds.</summary>
    public sealed class PythonRun
    {
        private const int LacksAPackage = 77;

        public PythonRun()
        {
            string[] programs = ["/usr/bin/python3", "python3"];
            string program = Environment.GetEnvironmentVariable("DOORAGENT_PYTHON")
                ?? programs.FirstOrDefault(File.Exists) ?? programs[^1];
            try
            {
                (int code, Said) = Script.Run(program, [Path.Combine(Folder, "run.py")]);
                Missing = code == LacksAPackage ? Said.Trim() : null;
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                Missing = error.Message;
            }
            foreach (string[] line in Said.Split('\n').Select(line => line.Split('\t')).Where(line => line.Length == 3))
                Results[line[1]] = line;
        }

        /// <summary>What the Python here lacks, or null if the tests have run.</summary>
        public string? Missing { get; }

        public string Said { get; } = "";

        /// <summary>Outcome, name and reason of each test, by name.</summary>
        public Dictionary<string, string[]> Results { get; } = [];
    }
}
