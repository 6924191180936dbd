using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>
/// Parses a scenario, without its comments and blank lines. All errors are reported together, each with file, line and column. Globs and
/// roots stay as written: <see cref="PictureGlob"/> resolves them when the scenario is played.
/// </summary>
internal sealed class ScenarioParser
{
    private const int MostErrors = 10;

    private readonly string _file;
    private readonly List<string> _errors = [];
    private readonly ScenarioHead _head = new();
    private readonly List<Step> _steps = [];
    private int _lineNumber;

    // By how much the steps so far have moved the wall clock; computed step by step, since a file may have many.
    private TimeSpan _wallShift;

    private ScenarioParser(string file) => _file = file;

    private SourceLine Here => new(_lineNumber, _file);

    /// <summary>Parses the text of a scenario; <paramref name="file"/> is its name in messages.</summary>
    /// <exception cref="UserErrorException">The text is not a scenario; the message has one line for each error.</exception>
    public static Scenario Parse(string text, string file) => new ScenarioParser(file).ParseText(text);

    /// <summary>Reads a scenario file.</summary>
    /// <exception cref="UserErrorException">The file does not exist, cannot be read or is not a scenario.</exception>
    public static Scenario ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The scenario {path} cannot be read: {error.Message}", error);
        }
    }

    private Scenario ParseText(string text)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            _lineNumber++;
            Try(() => ReadLine(line));
        }

        if (_head.Start is null)
            _errors.Insert(0, $"{_file}:1:1: the line start DATE TIME ZONE is missing, such as start 2026-03-02 07:55:00 Europe/Berlin.");
        if (_errors.Count > 0)
            throw new UserErrorException(Message());
        return new Scenario(_head.Start!, [.. _head.Settings], [.. _head.Enrolments], [.. _steps]);
    }

    private string Message() => string.Join('\n', _errors.Count <= MostErrors
        ? _errors
        : [.. _errors.Take(MostErrors), $"... and {_errors.Count - MostErrors} more."]);

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (ScenarioSyntaxException error)
        {
            _errors.Add($"{_file}:{_lineNumber}:{error.Column}: {error.Message}");
        }
    }

    private void ReadLine(string text)
    {
        ScenarioLine line = new(text, _head.People);
        if (line.IsEmpty)
            return;
        Word first = line.Take("");
        if (line.IsIndented)
            ReadBelowStep(line, first);
        else if (StepTime.IsMeantBy(first))
            ReadStep(line, first);
        else if (first.Text == "expect")
            throw new ScenarioSyntaxException(first.Column, "expect belongs below its step: start the line with spaces.");
        else if (_steps.Count > 0)
            throw new ScenarioSyntaxException(
                first.Column, $"'{first.Text}' is not allowed here: after the first step a line starts with a time or with spaces.");
        else
            _head.Read(line, first, Here);
    }

    private void ReadStep(ScenarioLine line, Word time)
    {
        // An invalid step still has an entry in the list, so that the lines below are read as its own.
        Step step = new(_steps.Count == 0 ? TimeSpan.Zero : _steps[^1].At, new Restart([]), []) { Line = Here };
        if (_steps.Count > 0 && _steps[^1].Action is EndScenario)
            throw new ScenarioSyntaxException(time.Column, "nothing can follow end.");
        _steps.Add(step);
        if (_head.Start is { } start)
            Try(() => _steps[^1] = _steps[^1] with { At = StepTime.Read(time, start, step.At, _wallShift) });
        StepAction action = StepSyntax.Read(line);
        _steps[^1] = _steps[^1] with { Action = action };
        line.End();
        if (action is SetClock or MoveClock && _head.Start is { } head)
            _wallShift = WallShift(head, time);
    }

    /// <summary>Returns by how much the wall clock is moved forward after the newest step. A step that sets the clock to a time that does
    /// not exist in the zone, or to an unsupported year, is refused and moves nothing.</summary>
    private TimeSpan WallShift(ScenarioStart start, Word time)
    {
        if (_steps[^1].Action is SetClock set && start.TimeZone.IsInvalidTime(set.Local))
            throw new ScenarioSyntaxException(time.Column,
                $"that time does not exist on that day in {start.Zone}: the clock is put forward.");
        TimeSpan shift = Scenario.WallShiftAfter(start, _wallShift, _steps[^1]);
        int year = (start.Instant + _steps[^1].At + shift).Year;
        if (year is < ScenarioHead.FirstYear - 1 or > ScenarioHead.LastYear + 1)
            throw new ScenarioSyntaxException(time.Column,
                $"the clock would leave the years {ScenarioHead.FirstYear} to {ScenarioHead.LastYear}.");
        return shift;
    }

    private void ReadBelowStep(ScenarioLine line, Word first)
    {
        if (_steps.Count == 0)
            throw new ScenarioSyntaxException(first.Column,
                "this line starts with spaces and so belongs to a step, but no step is above it.");
        Step step = _steps[^1];
        if (first.Text == "expect")
        {
            Expectation expectation = ExpectationSyntax.Read(line) with { Line = Here };
            line.End();
            _steps[^1] = step with { Expectations = [.. step.Expectations, expectation] };
        }
        else if (first.Text == "set" && step.Action is Restart restart)
        {
            _steps[^1] = step with { Action = new Restart([.. restart.Settings, ScenarioHead.ReadSetting(line, Here)]) };
        }
        else
        {
            string[] known = step.Action is Restart ? ["expect", "set"] : ["expect"];
            throw new ScenarioSyntaxException(
                first.Column, $"'{first.Text}' is not allowed below a step.{DidYouMean.Hint(first.Text, known)}");
        }
    }
}
