using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using DoorAgent.Commands;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Output;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent;

/// <summary>Starts the process and returns its exit code.</summary>
internal static class Program
{
    private const int Error = 2;

    // After SIGTERM, Ctrl-C and the like an asynchronous verb may lock, write its last record and close its files.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(20);

    internal static async Task<int> Main(string[] args)
    {
        StandardStreams.FillClosed();
        using Terminal terminal = new();
        ParseResult parsed = Root.For(args).Parse(args);
        int code = await RunAsync(parsed);
        // The output of a door is also in its log files, so that a failure is ignored; checking it would wait for a blocked output.
        if (IsDoor(parsed) || terminal.OutputFailure is not { } failure)
            return code;
        await Console.Error.WriteLineAsync($"dooragent: the output could not be written: {failure}. The command itself ended with {code}.");
        return Error;
    }

    // 'run --help' is not a door: its output is its purpose.
    private static bool IsDoor(ParseResult parsed) =>
        parsed.CommandResult.Command is { Name: RunCommand.Name } command && parsed.Action == command.Action;

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        // A request for help may omit required arguments.
        if (parsed.Errors.Count > 0 && parsed.Action is not VerbHelp)
        {
            // A page of help would hide the error; only when a verb is missing, the list of verbs is useful.
            if (parsed.Action is ParseErrorAction refusal)
                refusal.ShowHelp = parsed.CommandResult.Command is { Subcommands.Count: > 0 } and not RootCommand;
            await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
            await Console.Error.WriteLineAsync($"'{string.Join(' ', VerbsOf(parsed.CommandResult))} --help' lists the options.");
            return Error;
        }

        // A synchronous verb may be killed at any time; only asynchronous verbs end in order.
        using EndingSignals? signals = parsed.Action is AsynchronousCommandLineAction
            ? new EndingSignals(TimeToEnd, TimeProvider.System) : null;
        try
        {
            // The handlers below report failures; the library's handler would print a stack trace and return 1.
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
#pragma warning disable CA1031 // A bug must also end with an exit code and a stack trace, not with an abort and a core file.
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
