using System.CommandLine;
using System.Globalization;
using DoorAgent.Hardware.Settings;
using DoorAgent.Hub;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet init.</summary>
internal static class FleetInitCommand
{
    internal static Command Create()
    {
        Option<string?> hub = new("--hub") { Description = "Address of the hub as the doors reach it.", HelpName = "nats://HOST:4222" };
        Option<string?> name = new("--name") { Description = "Name of the office for people. Default: the name of this machine." };
        Option<string[]> also = new("--also")
        {
            Description = "Another name or address of the hub, for its certificate. May be given several times.", Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        Option<string?> files = new("--files") { Description = "Directory of the hub's files on the hub's machine. Default: /etc/nats." };
        Option<string?> store = new("--store") { Description = "Directory of the hub's data on the hub's machine. Default: /var/lib/nats." };
        Option<string?> version = new("--server") { Description = "Version of the hub's nats-server, where it cannot be asked yet, such as 2.12.6." };
        Option<string?> keep = new("--keep-events") { Description = "How long the hub keeps events and alarms. Default: 90d.", HelpName = "TIME" };
        Option<bool> test = new("--test") { Description = "Accepts nats-server 2.9 (Debian 12), which is for tests only." };
        Command command = new("init", """
            Makes an office: its keys, and everything that the hub needs to start.

            The hub is nats-server (2.11.15, 2.12.6 or later) on a machine that the doors reach; the office may be another machine. The
            command writes the hub's configuration, certificate and users, and a script that installs them. Run it again when the hub
            runs: it then makes the hub's buckets and streams, and shows them. Whoever has the office's directory can add people to every
            door: back it up, and keep it to yourself.
            Example: sudo dooragent fleet init --hub nats://hub.example:4222
            Exit code 0 when office and hub are ready, or the hub has to be started first; 1 when the hub refuses.
            """) { hub, name, also, files, store, version, keep, test };
        command.SetAction((result, stopping) => RunAsync(OfficeOption.DirectoryOf(result), new InitChoices
        {
            Hub = result.GetValue(hub),
            Name = result.GetValue(name),
            Also = result.GetValue(also) ?? [],
            Files = result.GetValue(files),
            Store = result.GetValue(store),
            Server = result.GetValue(version),
            Keep = result.GetValue(keep),
            IsTest = result.GetValue(test),
        }, stopping));
        return command;
    }

    private static async Task<int> RunAsync(string directory, InitChoices choices, CancellationToken stopping)
    {
        TimeSpan? age = choices.Keep is null ? null : SettingText.FindTime(choices.Keep) is { } time && time >= TimeSpan.FromDays(1) ? time
            : throw new UserErrorException($"--keep-events is '{choices.Keep}', and must be a time of a day or longer, such as 90d.");
        OfficeIdentity? before = Existing(directory);
        OfficeIdentity identity = choices.Identity(before);
        HubServer? running = await HubProbe.RunningVersionAsync(identity.Address.Host, identity.Address.Port, TimeProvider.System, stopping);
        HubServer? server = running ?? choices.NamedServer
            ?? (HubProbe.IsHere(identity.Address.Host) ? await HubProbe.InstalledVersionAsync(stopping) : null);
        if (server is { HasSyncAlways: false } && !identity.IsTest)
        {
            throw new UserErrorException($"{server.Objection} Install 2.11.15, 2.12.6 or later, or say --test for a test.");
        }

        identity = identity with { Server = server ?? before?.Server };
        using FleetOffice office = FleetOffice.OpenOrMake(directory, identity, TimeProvider.System);
        HubFiles hub = new(office);
        hub.Write(identity.Server ?? new HubServer(new Version(2, 10, 0)), [identity.Address.Host, .. choices.Also]);
        Show(office, before);
        return running is null ? NotRunning(hub, identity) : await PrepareAsync(office, age, stopping);
    }

    private static OfficeIdentity? Existing(string directory)
    {
        if (!File.Exists(new OfficePlaces(directory).KeyFile))
            return null;
        using FleetOffice office = FleetOffice.Open(directory, TimeProvider.System);
        return OfficeIdentity.Find(office.Store);
    }

    private static void Show(FleetOffice office, OfficeIdentity? before)
    {
        OfficeIdentity identity = office.Identity;
        Console.WriteLine($"office: {identity.Name}, in {office.Places.Directory}{(before is null ? " (new)" : "")}");
        Console.WriteLine($"office's key: {office.Keys.Signing.Public.Fingerprint}   every door shows the same when it joins");
        Console.WriteLine($"hub: {identity.Address}, {identity.Server?.ToString() ?? "nats-server of a version that is not known yet (--server names it)"}");
        Console.WriteLine($"hub's files: {office.Places.Hub}");
        if (identity.Server?.Objection is { } objection)
            Console.WriteLine($"WARNING: {objection}");
        if (before is not null && before.Address != identity.Address && office.Doors.All().Any(door => !door.IsRevoked))
            Console.WriteLine($"WARNING: the doors that have joined connect to {before.Address}. Set Fleet:Hub in their link.json, or keep that name.");
    }

    private static int NotRunning(HubFiles hub, OfficeIdentity identity)
    {
        Console.WriteLine($"No hub answers at {identity.Address} yet. Next:");
        string script = hub.Script, host = identity.Address.Host;
        if (HubProbe.IsHere(host))
        {
            Console.WriteLine($"  sudo sh {script}");
        }
        else
        {
            Console.WriteLine($"  scp -r {Path.GetDirectoryName(script)} root@{host}:dooragent-hub");
            Console.WriteLine($"  ssh root@{host} sh dooragent-hub/install.sh");
            Console.WriteLine($"  ssh root@{host} rm -r dooragent-hub   (the key of the hub's certificate is in it)");
        }

        Console.WriteLine("  dooragent fleet init   (again: makes the hub's buckets and streams)");
        return 0;
    }

    private static async Task<int> PrepareAsync(FleetOffice office, TimeSpan? age, CancellationToken stopping)
    {
        HubFiles files = new(office);
        try
        {
            if (await files.ApplyAsync(stopping) is { } byHand && files.IsHere)
                Console.WriteLine(byHand);
            await using OfficeHub hub = await HubDelivery.ConnectAsync(office, files, stopping);
            foreach (HubPart part in await hub.PrepareAsync(age, stopping))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part.Kind} {part.Name}: {part.Messages} records, {part.Bytes} bytes"));
            await HubDelivery.SendAsync(office, hub, new Progress<int>(), stopping);
            Console.WriteLine("The hub is ready. Next: 'dooragent fleet group NAME' makes a group, and on a door 'sudo dooragent fleet join NAME'.");
            return 0;
        }
        catch (IOException refused)
        {
            Console.WriteLine($"The hub is not ready: {refused.Message}");
            Console.WriteLine($"If it does not have this office's files yet: 'sudo sh {files.Script}' on its machine, then this command again.");
            return 1;
        }
    }
}
