using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people escort.</summary>
internal static class PeopleEscortCommand
{
    internal static Command Create()
    {
        Argument<string> name = new("VISITOR") { Description = "The visitor's name, in any case." };
        Option<string[]> hosts = new("--host")
        {
            Description = "Who brings the visitor in; repeat it for several. Earlier hosts are replaced.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> none = new("--none") { Description = "The person enters without a host again." };
        Command command = new("escort", """
            Makes somebody a visitor, who enters only after one of their hosts.

            A host must have been let in at this door within 15 s before (Decisions:TogetherWithin). A visit has an end: set it first
            with 'people until'. A visitor whose last host is removed stays a visitor, and nobody can bring them in until another host
            is named. A running daemon follows within a second.
            Example: dooragent people until carla 2026-05-31; dooragent people escort carla --host anna --host bert
            """) { name, hosts, none };
        command.Validators.Add(result =>
        {
            if (result.GetValue(none) == (result.GetValue(hosts)?.Length > 0))
                result.AddError("Name at least one --host, or --none for somebody who enters without a host.");
        });
        command.SetAction((result, stopping) =>
        {
            GalleryChangeOrder order = new(result.GetValue(none) ? GalleryChangeKind.EndEscort : GalleryChangeKind.Escort,
                result.GetRequiredValue(name)) { Hosts = result.GetValue(hosts) ?? [] };
            return GalleryChange.RunOrAskAsync(result, order, gallery => OperatorGallery.Make(gallery, order), OperatorGallery.DoneOf(order),
                stopping);
        });
        return command;
    }
}
