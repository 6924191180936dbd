using System.Globalization;
using System.Text;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>The texts of the hub's configuration: hub.conf, which changes with the server's version, and doors.conf, which has the users
/// and changes with every door.</summary>
internal static class HubConfiguration
{
    /// <summary>The beginning of both files, by which the office recognises its own.</summary>
    public static string FirstLine(string office) => $"# Written by 'dooragent fleet' of the office {office}: changes by hand are lost.";

    /// <summary>Returns hub.conf.</summary>
    /// <param name="office">The office.</param>
    /// <param name="nkey">The office's public NKEY.</param>
    /// <param name="server">The server's version.</param>
    public static string Hub(OfficeIdentity office, string nkey, HubServer server)
    {
        HubAddress address = office.Address;
        StringBuilder text = new();
        text.AppendLine(FirstLine(nkey));
        text.AppendLine(CultureInfo.InvariantCulture, $"listen: {Quoted(Listen(address))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"server_name: {Quoted("dooragent-hub")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"pid_file: {Quoted(Path.Combine(office.Store, "hub.pid"))}");
        text.AppendLine("tls {");
        text.AppendLine(CultureInfo.InvariantCulture, $"  cert_file: {Quoted(Path.Combine(office.Files, "hub.pem"))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  key_file: {Quoted(Path.Combine(office.Files, "hub.key"))}");
        // The server's own limit is 2 s, which a slow board that has just started does not keep.
        text.AppendLine("  timeout: 30");
        text.AppendLine("}");
        text.AppendLine("jetstream {");
        text.AppendLine(CultureInfo.InvariantCulture, $"  store_dir: {Quoted(office.Store)}");
        if (server.HasSyncAlways)
            text.AppendLine("  sync_interval: always   # what the server acknowledges is on the disk");
        if (server.LimitsConsumers)
            text.AppendLine("  limits { default_max_consumers: -1 }   # a door is a consumer; the server's own limit is 1,000");
        text.AppendLine("}");
        text.AppendLine(CultureInfo.InvariantCulture, $"include {Quoted("doors.conf")}");
        return text.ToString();
    }

    /// <summary>Returns doors.conf.</summary>
    /// <param name="nkey">The office's public NKEY.</param>
    /// <param name="doors">The accepted doors.</param>
    public static string Doors(string nkey, IEnumerable<OfficeDoor> doors)
    {
        StringBuilder text = new();
        text.AppendLine(FirstLine(nkey));
        text.AppendLine("accounts {");
        text.AppendLine("  DOORS {");
        text.AppendLine("    jetstream: enabled");
        text.AppendLine("    users: [");
        text.AppendLine(CultureInfo.InvariantCulture, $"      {{ nkey: {nkey} }}");
        foreach (OfficeDoor door in doors)
        {
            HubPermissions may = HubPermissions.OfDoor(door.Name, door.Group);
            text.AppendLine(CultureInfo.InvariantCulture, $"      {{ nkey: {door.Nkey}, permissions {{");
            text.AppendLine(CultureInfo.InvariantCulture, $"        publish {{ allow: [{List(may.Publish)}] }}");
            text.AppendLine(CultureInfo.InvariantCulture, $"        subscribe {{ allow: [{List(may.Subscribe)}] }} }} }}");
        }

        text.AppendLine("    ]");
        text.AppendLine("  }");
        text.AppendLine("}");
        return text.ToString();
    }

    /// <summary>A hub that is named by a loopback address is for this machine alone.</summary>
    private static string Listen(HubAddress address)
    {
        bool isLoopback = address.IsHere;
        string host = isLoopback ? address.Host : address.Host.Contains(':', StringComparison.Ordinal) ? "::" : "0.0.0.0";
        return string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{address.Port}");
    }

    private static string List(IEnumerable<string> subjects) => string.Join(", ", subjects.Select(Quoted));

    private static string Quoted(string text) => text.AsSpan().IndexOfAny('"', '\n', '\\') < 0 ? $"\"{text}\""
        : throw new UserErrorException($"{text} cannot be written into the configuration of nats-server: take a path without quotes.");
}
