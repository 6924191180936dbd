using System.CommandLine;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Serilog.Core;

namespace DoorAgent.Commands.Link;

/// <summary>Creates dooragent link test.</summary>
internal static class LinkTestCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static string Names => string.Join(", ", LinkChannels.Makers.Keys.Append(FleetRunner.Name));

    internal static Command Create()
    {
        Argument<string> channel = new("channel") { Description = $"One of {Names}." };
        Command command = new("test", """
            Sends a test message over one channel, or tries the connection to the fleet's hub; beside a running link too.

            Exit code 0 when the other side took the message, 1 when it did not.
            """) { channel };
        command.SetAction((result, stopping) => TestAsync(result, result.GetValue(channel)!, stopping));
        return command;
    }

    private static async Task<int> TestAsync(ParseResult result, string name, CancellationToken stopping)
    {
        LoadedSettings settings = LinkCommand.SettingsOf(result);
        settings.Section<LinkOptions>();
        Places door = CommonOptions.DataPlacesOf(result);
        bool isFleet = name == FleetRunner.Name;
        Func<LinkContext, ILinkChannel?>? make = null;
        if (!isFleet && !LinkChannels.Makers.TryGetValue(name, out make))
            throw new UserErrorException($"There is no channel {name}: name one of {Names}.");
        using Logger log = LinkHost.LogOf(settings, door);
        LinkContext context = new(settings, LinkPlaces.Of(door), new LinkDoor(door.ForOtherUser()), LinkSecrets.OfThisProcess(), log,
            TimeProvider.System)
        {
            IsTest = true,
        };
        using CancellationTokenSource over = new(Patience, TimeProvider.System);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stopping, over.Token);
        try
        {
            Console.WriteLine(isFleet ? await FleetTest.RunAsync(context, late.Token) : await TestAsync(context, name, make!, late.Token));
            return 0;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Console.WriteLine($"The other side did not answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is IOException or LinkDoorException)
        {
            Console.WriteLine(failure.Message);
        }

        return 1;
    }

    private static async Task<string> TestAsync(
        LinkContext context, string name, Func<LinkContext, ILinkChannel?> make, CancellationToken stopping)
    {
        await using ILinkChannel made = make(context)
            ?? throw new UserErrorException($"The settings do not turn {name} on; 'dooragent help configuration' lists them.");
        await made.ConnectAsync(stopping);
        return await made.TestAsync(stopping);
    }
}
