from flask_login import login_required

from app.auth import bp


@bp.route("/login", methods=["GET", "POST"])
def login(): ...


@bp.route("/logout")
@login_required
def logout(): ...
