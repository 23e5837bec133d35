using IndicatorCore.Office.Forms;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Writing;
using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Serving;

/// <summary>Programmes and their filled forms.</summary>
/// <param name="options">What is served.</param>
/// <param name="desk">Fills forms.</param>
internal sealed class FormEndpoints(PortalOptions options, FormDesk desk)
{
    private static readonly string[] s_formats = ["json", "xlsx", "docx"];

    /// <summary><c>/forms</c>.</summary>
    public static async Task AllAsync(PortalRequest request)
    {
        if (request.IsKnown("forms"))
        {
            return;
        }

        await request.JsonAsync(static json =>
        {
            json.StartObject();
            json.Name("programmes");
            json.StartArray();
            foreach (var programme in ProgrammeCatalog.All)
            {
                json.StartLine();
                json.StartObject();
                json.Name("id");
                json.Value(programme.Id);
                json.Name("title");
                json.Value(programme.Title);
                json.Name("summary");
                json.Value(programme.Summary);
                json.Name("scope");
                json.Value(programme.Scope.ToString().ToLowerInvariant());
                json.EndObject();
            }

            json.EndArray();
            json.EndObject();
        });
    }

    /// <summary><c>/forms/{programme}</c>.</summary>
    public async Task OneAsync(PortalRequest request)
    {
        var id = (string)request.Context.Request.RouteValues["programme"]!;
        var programme = ProgrammeCatalog.All.FirstOrDefault(known => known.Id == id) ?? throw ProblemException.NotFound("There is no such programme.");
        var publication = await request.PublicationAsync();
        var format = request.Query.Choice("format", s_formats);
        var factory = request.Query.Text("factory");
        var places = await request.Store.PlacesAsync(publication.Dataset, publication.Revision, request.Aborted);
        var tree = await request.TreeAsync(publication);
        if (factory is not null && (!places.Any(place => place.Factory == factory) || !tree.OfFactory(factory).LiesWithin(request.Caller.ReadScopes)))
        {
            throw ProblemException.NotFound("There is no such factory.");
        }

        if (factory is null && !request.Caller.ReadsAll)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "A form of all factories is for grants of everything: name a factory.", "factory");
        }

        if (request.IsKnown(publication, $"{id}/{format}/{factory}"))
        {
            return;
        }

        var recipe = options.RecipeOf(publication.Dataset) ?? throw new ProblemException(StatusCodes.Status409Conflict, "This server knows no registry of the dataset, which forms are filled from.");
        var form = await desk.FillAsync(recipe, publication, programme, factory, request.Aborted);
        IFormWriter writer = format switch { "xlsx" => new FormWorkbook(), "docx" => new FormDocument(), _ => new FormJson() };
        using var bytes = new MemoryStream();
        writer.Write(form, bytes);
        var response = request.Context.Response;
        response.ContentType = format switch
        {
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _ => "application/json; charset=utf-8",
        };
        var name = factory is null ? $"{id}.{format}" : $"{id}-{factory}.{format}";
        response.Headers.ContentDisposition = $"attachment; filename=\"{id}.{format}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), request.Aborted);
    }
}
