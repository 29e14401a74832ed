from app.main import bp


@bp.route("/")
@bp.get("/index")
def index(): ...
