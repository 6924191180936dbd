using DoorAgent.Fleet;
using DoorAgent.Hardware.Settings;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>The settings of the connection to a fleet's hub, which <c>dooragent fleet join --answer</c> writes. Without a hub there is
/// none.</summary>
internal sealed class FleetOptions : ICheckedOptions
{
    public static string Section => "Fleet";

    [Setting("The fleet's hub, a nats-server with JetStream. The connection is encrypted and the hub's certificate is verified.",
        Form = HubAddress.Form)]
    [Unset("none: the door is in no fleet")]
    public string? Hub { get; set; }

    [Setting("The door's name in the fleet.", Form = FleetIds.NameRule), Unset("none; required with `Hub`")]
    public string? Door { get; set; }

    [Setting("The door's group in the fleet.", Form = FleetIds.NameRule), Unset("none; required with `Hub`")]
    public string? Group { get; set; }

    [Setting("File (PEM) with the certificate of the fleet's authority: only this one is trusted.")]
    [Unset("none; required with a hub on another machine")]
    public string? CaFile { get; set; }

    [Setting("File with the seed of the door's NKEY (`SU...`), which only the link's user may read.")]
    [Unset("the service's credential `dooragent-link.fleet-nkey`")]
    public string? NkeyFile { get; set; }

    /// <summary>Whether the door is in a fleet.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Hub);

    /// <summary>The checked hub; null where none is set.</summary>
    public HubAddress? Address => IsOn ? HubAddress.Find(Hub!) : null;

    public void Check(OptionErrors errors)
    {
        if (!IsOn)
            return;
        HubAddress? address = Address;
        if (address is null)
            errors.Refuse(nameof(Hub), Settings.EffectiveSettings.WithoutPassword(Hub!), $"allowed: {HubAddress.Form}");
        errors.Require(Door is not null && FleetIds.IsName(Door), nameof(Door), Door, FleetIds.NameRule);
        errors.Require(Group is not null && FleetIds.IsName(Group), nameof(Group), Group, FleetIds.NameRule);
        errors.Require(CaFile is not null || address is not { IsHere: false }, nameof(CaFile), CaFile,
            "the file that 'dooragent fleet join --answer' writes: without it nobody knows whether the hub is the fleet's");
    }
}
