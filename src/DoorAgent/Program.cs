using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using DoorAgent.Commands;
using DoorAgent.Commands.Door;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent;

/// <summary>Where the process begins and where its exit code is decided.</summary>
internal static class Program
{
    private const int Error = 2;

    // After SIGTERM, Ctrl-C and the like an asynchronous verb may lock, write its last record and close its files.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(20);

    internal static async Task<int> Main(string[] args)
    {
        StandardStreams.FillClosed();
        using Terminal terminal = new();
        ParseResult parsed = Root.Create().Parse(args);
        int code = await RunAsync(parsed);
        // A door's lines are not what it is for: they are in its log's files too. Asking waits for an output that nobody reads.
        if (IsDoor(parsed) || terminal.OutputFailure is not { } failure)
            return code;
        await Console.Error.WriteLineAsync($"dooragent: the output could not be written: {failure}. The command itself ended with {code}.");
        return Error;
    }

    // Not 'run --help': its page is all that it is for.
    private static bool IsDoor(ParseResult parsed) =>
        parsed.CommandResult.Command is { Name: RunCommand.Name } command && parsed.Action == command.Action;

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        // Who asks for help has left out what the verb wants.
        if (parsed.Errors.Count > 0 && parsed.Action is not TeachingHelp)
        {
            // What is wrong would scroll away above a page of help; where a verb is missing, the list of verbs is the answer.
            if (parsed.Action is ParseErrorAction refusal)
                refusal.ShowHelp = parsed.CommandResult.Command is { Subcommands.Count: > 0 } and not RootCommand;
            await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
            await Console.Error.WriteLineAsync($"'{string.Join(' ', VerbsOf(parsed.CommandResult))} --help' says what can be given.");
            return Error;
        }

        // A verb that does not wait for anything ends on the spot, as it always may: only one that can be asked to end is asked.
        using EndingSignals? signals = parsed.Action is AsynchronousCommandLineAction ? new EndingSignals(TimeToEnd, TimeProvider.System) : null;
        try
        {
            // Our own catch below says what happened; the library's would print a stack trace and answer 1.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }, signals?.Token ?? CancellationToken.None);
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"dooragent: {e.Message}");
            return Error;
        }
        catch (Exception e) when (NativeLibraries.Problem(e) is not null)
        {
            await Console.Error.WriteLineAsync($"dooragent: {NativeLibraries.Problem(e)}");
            return Error;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("dooragent: cancelled.");
            return Error;
        }
#pragma warning disable CA1031 // A bug too must end with an exit code that says so and with its trace, not with an abort and a core file.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"dooragent: this is a bug, please report it: {e}");
            return Error;
        }
    }

    private static IEnumerable<string> VerbsOf(CommandResult verb) =>
        verb.Parent is CommandResult above ? VerbsOf(above).Append(verb.Command.Name) : ["dooragent"];
}
