using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Log;

/// <summary>The options that select records of the journal.</summary>
internal sealed class LogOptions
{
    private const int LastByDefault = 50;
    private const int LastBeforeFollowing = 20;

    private readonly Option<string?> _since = new("--since")
    {
        Description = "From then on: 2h (ago), today, yesterday, 2026-03-02, '2026-03-02 07:55', 07:55.",
    };

    private readonly Option<string?> _until = new("--until") { Description = "Up to then, in the same forms; a day means its end." };
    private readonly Option<int?> _last = new("--last", "-n")
    {
        Description = "At most so many, the newest; default 50, with --follow 20.",
    };

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Goes on with what happens, until Ctrl-C." };
    private readonly Option<string?> _person = new("--person") { Description = "What concerns this person." };
    private readonly Option<string[]> _kinds = new("--kind")
    {
        Description = "Events of this kind, such as DoorForced; may be given several times. 'dooragent log --explain' lists them.",
    };

    private readonly Option<bool> _denied = new("--denied") { Description = "Denials." };
    private readonly Option<bool> _alarms = new("--alarms") { Description = "Alarms." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line, for programs." };
    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "A journal elsewhere, such as a copy. Default: journal.db in --data.",
    };

    private readonly Option<string?> _explain = new("--explain")
    {
        Description = "Says what an event or a reason means and what to do: a name or an id from the log; of all without.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _markdown = new("--markdown") { Description = "With --explain: all of them as Markdown." };

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _last, _follow, _since, _until, _person, _kinds, _denied, _alarms, _json, _journal, _explain, _markdown,
        ];
        foreach (Option option in options)
            command.Options.Add(option);
        _last.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int last) && last < 1)
                result.AddError($"--last is {last}, and must be at least 1.");
        });
    }

    public bool AsksForExplanation(ParseResult result, out string? word)
    {
        word = result.GetValue(_explain);
        return result.GetResult(_explain) is not null || IsMarkdown(result);
    }

    public bool IsMarkdown(ParseResult result) => result.GetValue(_markdown);

    public bool IsJson(ParseResult result) => result.GetValue(_json);

    public bool Follows(ParseResult result) => result.GetValue(_follow);

    public int Last(ParseResult result) => result.GetValue(_last) ?? (Follows(result) ? LastBeforeFollowing : LastByDefault);

    /// <summary>Where the journal is; says which data directory it is in.</summary>
    public string Journal(ParseResult result) =>
        result.GetValue(_journal) is { } named ? Path.GetFullPath(named) : GalleryWork.Told(result, IsJson(result)).JournalFile;

    /// <exception cref="UserErrorException">A time or a kind cannot be understood.</exception>
    public JournalFilter Filter(ParseResult result, TimeProvider time) => new(
        result.GetValue(_since) is { } since ? Moment.Parse(since, time, isEnd: false) : null,
        result.GetValue(_until) is { } until ? Moment.Parse(until, time, isEnd: true) : null,
        result.GetValue(_person),
        [.. (result.GetValue(_kinds) ?? []).Select(Kind)],
        result.GetValue(_denied),
        result.GetValue(_alarms),
        time.GetUtcNow());

    private static DoorEventKind Kind(string word) => EventWords.Find<DoorEventKind>(word)
        ?? throw new UserErrorException($"'{word}' is not a kind of event.{DidYouMean.Hint(word, Enum.GetNames<DoorEventKind>())}");
}
